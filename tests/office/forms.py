"""What a browser would send back from a page of the office."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the fields of the page's main form as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.depth = 0
        self.select = self.textarea = None
        self.chosen: list[str] = []
        self.first: str | None = None

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag == "form" and (a.get("id", "").endswith("_form") or "small-form" in a.get("class", "")):
            self.depth = 1
        if not self.depth:
            return
        name = a.get("name")
        if tag == "input" and name and a.get("type") not in ("submit", "file"):
            if a.get("type") in ("checkbox", "radio") and "checked" not in a:
                return
            default = "on" if a.get("type") in ("checkbox", "radio") else ""
            self.fields.setdefault(name, []).append(a.get("value", default))
        elif tag == "select":
            self.select, self.chosen, self.first = a, [], None
        elif tag == "option" and self.select is not None:
            if self.first is None:
                self.first = a.get("value", "")
            if "selected" in a:
                self.chosen.append(a.get("value", ""))
        elif tag == "textarea":
            self.textarea = name
            self.fields.setdefault(name, []).append("")

    def handle_endtag(self, tag):
        if tag == "form":
            self.depth = 0
        if tag == "select" and self.select is not None:
            values = self.chosen
            if not values and "multiple" not in self.select and self.first is not None:
                values = [self.first]
            if self.depth and values:
                self.fields.setdefault(self.select["name"], []).extend(values)
            self.select = None
        if tag == "textarea":
            self.textarea = None

    def handle_data(self, data):
        if self.textarea and self.depth:
            self.fields[self.textarea][-1] += data


def fields_of(response) -> dict[str, list[str]]:
    """The fields of the main form, without the templates for rows to be added."""
    parser = _Form()
    parser.feed(response.content.decode())
    # A browser drops the line break that follows <textarea>.
    found = {name: [v.removeprefix("\n") for v in values] for name, values in parser.fields.items()}
    return {
        name: values
        for name, values in found.items()
        if "__prefix__" not in name and name != "csrfmiddlewaretoken"
    }


def with_row(fields: dict, prefix: str, **values) -> dict:
    """The fields with one more row of an inline, as the add button makes it."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"][0])
    added = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {**fields, f"{prefix}-TOTAL_FORMS": [str(number + 1)], **added}


def errors_of(response) -> str:
    """Everything that the page says went wrong."""
    context = response.context
    form = context["adminform"].form if "adminform" in context else context["form"]
    said = [str(dict(form.errors))]
    for one in context.get("inline_admin_formsets") or []:
        said += [f"{one.formset.prefix}: {errors}" for errors in one.formset.errors if errors]
        said += list(one.formset.non_form_errors())
    return "\n".join(said)
