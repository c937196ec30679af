"""Invented people for trying the site out. Nobody here exists, and no institution, town or address does.

67 people stand in `data/people/*.toml`, field by field as the models have them; the others are planned
(`planning`) and written (`writing`) around them, so that the figures of docs/decisions/0009-demo-world.md
come out. The drawings in `portraits/` are plainly drawings. `load_demo` is the only way in, and it refuses a
database that is not the embedded one or that holds people of anybody else.
"""
