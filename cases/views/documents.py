"""The library of documents, one document, the last words as a book, and the file of a document."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django.views.generic import DetailView

from cases.choices import DocumentKind
from cases.display.documents import PLURALS, ShownDocument, language_name, shown_documents
from cases.models import Case, Document
from cases.querysets import DocumentQuerySet
from memorial.base.localized import current_language
from memorial.base.page_head import LONGEST_TITLE, PageHead
from memorial.base.page_kinds import Page
from memorial.base.paging import ForgivingPages
from memorial.base.photos import public_storage
from memorial.base.public_pages import briefly_kept, public_page
from memorial.base.rich_text import excerpt
from memorial.base.shown_text import shown_text
from memorial.base.templatetags.page_links import query
from memorial.base.typography import grouped_number
from prisoners.display.words import capital
from prisoners.models import Prisoner

DOCUMENTS_ON_A_PAGE: Final = 40
LAST_WORDS_ON_A_PAGE: Final = 5
LONGEST_DESCRIPTION: Final = 200


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class DocumentListView(ForgivingPages):
    """Documents of all published cases: of one kind, in one language, of one case or person, or all."""

    template_name = "cases/document_list.html"
    paginate_by = DOCUMENTS_ON_A_PAGE

    @cached_property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in DocumentKind.values else ""

    @cached_property
    def language(self) -> str:
        asked = self.request.GET.get("language", "")
        return asked if asked in self.languages else ""

    @cached_property
    def languages(self) -> list[str]:
        """The languages that published documents are in."""
        known = Document.objects.published().exclude(language="").order_by("language")
        return list(known.values_list("language", flat=True).distinct())

    @cached_property
    def kinds(self) -> list[str]:
        """The kinds that published documents are of, in their own order."""
        known = set(Document.objects.published().order_by().values_list("kind", flat=True).distinct())
        return [kind for kind in DocumentKind.values if kind in known]

    @cached_property
    def case(self) -> Case | None:
        """The case asked for; a hidden one is as good as none."""
        slug = self.request.GET.get("case", "")
        return Case.objects.published().filter(slug=slug).first() if _is_slug(slug) else None

    @cached_property
    def person(self) -> Prisoner | None:
        """The person asked for; a hidden one is as good as none."""
        slug = self.request.GET.get("person", "")
        people = Prisoner.objects.published().for_addresses()
        return people.filter(slug=slug).first() if _is_slug(slug) else None

    @property
    def is_misled(self) -> bool:
        """Whether the address asks for what this list does not have."""
        asked = self.request.GET
        found = {"kind": self.kind, "language": self.language, "case": self.case, "person": self.person}
        return self.page_is_missing or any(asked.get(name) and not value for name, value in found.items())

    @property
    def asked(self) -> dict[str, str]:
        """What the list is narrowed to, as its links repeat it."""
        chosen = {"kind": self.kind, "language": self.language}
        if self.case:
            chosen["case"] = self.case.slug
        if self.person:
            chosen["person"] = self.person.slug
        return {name: value for name, value in chosen.items() if value}

    def get_queryset(self) -> DocumentQuerySet:
        rows: DocumentQuerySet = Document.objects.published()
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.language:
            rows = rows.filter(language=self.language)
        if self.case:
            rows = rows.of_case(self.case)
        if self.person:
            rows = rows.of_person(self.person)
        return rows.newest_first().for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        # The kinds and languages are of the whole library: they are ways to elsewhere.
        return context | {
            "head": self._head(page.number),
            "documents": shown_documents(page),
            "count": _count_words(page.paginator.count),
            "asked": self.asked,
            "kind": self.kind,
            "kinds": [(kind, PLURALS[DocumentKind(kind)]) for kind in self.kinds],
            "language": self.language,
            "languages": [(code, capital(language_name(code))) for code in self.languages],
            "case": self.case,
            "person": self.person,
            "heading": self._heading,
            "narrowed_to": self._narrowed_to,
            "narrowed_more": set(self.asked) - {"kind"},
            "narrowed": f"{urlencode(self.asked)}&" if self.asked else "",
            "has_last_words": DocumentKind.LAST_WORD in self.kinds
            and self.kind in ("", DocumentKind.LAST_WORD),
            "is_misled": self.is_misled,
        }

    @property
    def _heading(self) -> str:
        return str(PLURALS[DocumentKind(self.kind)]) if self.kind else _("Documents")

    @property
    def _narrowed_to(self) -> str:
        """The last of the crumbs: the kind, or else what else it is narrowed to."""
        if self.kind:
            return self._heading
        if self.language:
            return capital(language_name(self.language))
        return (
            str(shown_text(self.case, "title")) if self.case else self.person.name.full if self.person else ""
        )

    def _head(self, number: int) -> PageHead:
        title = self._heading
        if number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        said = _(
            "Verdicts, indictments, last words, expert opinions: documents of political cases in Russia."
        )
        asked = query(**self.asked, page=number).removeprefix("?")
        is_whole = set(self.asked) <= {"kind"}
        return PageHead(title, said, Page("cases:document-list"), asked, is_whole and not self.is_misled)


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class LastWordListView(ForgivingPages):
    """Last words that can be read here, whole, one after the other."""

    template_name = "cases/last_words.html"
    paginate_by = LAST_WORDS_ON_A_PAGE

    def get_queryset(self) -> DocumentQuerySet:
        rows: DocumentQuerySet = Document.objects.published().with_text()
        return rows.filter(kind=DocumentKind.LAST_WORD).newest_first().for_reading()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        title = _("Last words")
        if page.number > 1:
            title = _("%(title)s, page %(number)s") % {"title": title, "number": page.number}
        said = _("What people said in court before the verdict, in their own words.")
        asked = query(page=page.number).removeprefix("?")
        head = PageHead(title, said, Page("cases:last-words"), asked, not self.page_is_missing)
        return context | {
            "head": head,
            "documents": shown_documents(page),
            "narrowed": "",
            "is_misled": self.page_is_missing,
        }


@method_decorator(public_page(depends_on_date=False), name="dispatch")
class DocumentDetailView(DetailView):
    """One document: what it is, its text where there is one, its file where there is one."""

    template_name = "cases/document_detail.html"
    context_object_name = "document"

    def get_queryset(self) -> DocumentQuerySet:
        rows: DocumentQuerySet = Document.objects.published().for_reading()
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | document_context(self.object)


def document_context(document: Document) -> dict[str, Any]:
    """What the template of a document's page needs. `document` comes from `for_reading()`."""
    shown = ShownDocument(document)
    text = excerpt(str(shown_text(document, "text")), LONGEST_DESCRIPTION)
    page = Page("cases:document-detail", {"slug": document.slug}, document.complete_in())
    said = text or ". ".join(part for part in (shown.kind, shown.dated) if part)
    return {
        "document": document,
        "shown": shown,
        "head": PageHead(excerpt(str(shown.title), LONGEST_TITLE), said, page),
    }


@require_safe
@briefly_kept
def document_file(request: HttpRequest, stem: str) -> HttpResponseBase:
    """The pages of a document as a PDF, to be saved and never opened on this site's behalf.

    Raises Http404 for what is not public at this moment, whatever lies in the storage.
    """
    document = Document.objects.published().filter(stem=stem).only("slug").first()
    if document is None:
        raise Http404
    try:
        file = public_storage().open(f"documents/{stem}.pdf")
    except FileNotFoundError:
        raise Http404
    response = FileResponse(
        file, as_attachment=True, filename=f"{document.slug}.pdf", content_type="application/pdf"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _is_slug(text: str) -> bool:
    return text.isascii() and text.replace("-", "").replace("_", "").isalnum()


def _count_words(number: int) -> str:
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s document", "%(count)s documents", number) % counted
