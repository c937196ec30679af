"""Invented people for trying the site out. Nobody here exists, and no institution, town or address does.

The facts stand in `data/*.toml`, field by field as the models have them; the drawings in
`portraits/` are plainly drawings. `load_demo` is the only way in, and it refuses a
database that is not the embedded one or that holds people of anybody else.
"""
