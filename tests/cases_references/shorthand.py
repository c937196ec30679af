"""A short way to say what a spelling means: "uk-rf:207.3/2/а,д attempt c5 x2 @32-ФЗ 2022-03-04"."""

from __future__ import annotations

from cases.references import ArticleReference


def shorthand(reference: ArticleReference) -> str:
    """Code, article, part and points; then attempt, complicity, episodes and edition."""
    code = reference.code if not reference.code_name else f"{reference.code}[{reference.code_name}]"
    place = "/".join([reference.article, reference.part, ",".join(reference.points)]).rstrip("/")
    more = [
        str(reference.attempt),
        f"c{reference.complicity}" if reference.complicity else "",
        f"x{reference.episodes}" if reference.episodes else "",
        f"@{reference.edition}" if reference.edition else "",
    ]
    return " ".join([f"{code}:{place}", *(part for part in more if part)])
