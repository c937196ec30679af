"""Templates are indented for people; what they print ends no line in white space."""

from django.template import engines
from django.template.loader import get_template

from memorial.base.tidy_templates import tidied

SOURCE = """<ul>
  {% for each in some %}
    {# said once #}
    <li>{{ each }}</li>
    {% if each %}<b>
      {{ each }}</b>{% endif %}
  {% endfor %}
</ul>
"""


def test_tidied_template_prints_no_line_of_mere_white_space():
    template = engines["django"].from_string(tidied(SOURCE))
    assert [line for line in template.render({"some": ["", "a"]}).split("\n") if line != line.rstrip()] == []
    untidied = engines["django"].from_string(SOURCE).render({"some": ["", "a"]})
    assert [line for line in untidied.split("\n") if line != line.rstrip()]


def test_tidied_template_keeps_its_lines_and_its_words():
    assert tidied(SOURCE).count("\n") == SOURCE.count("\n")
    assert tidied(SOURCE).split() == SOURCE.split()
    assert tidied("<p>\n  a {% b %}</p>") == "<p>\n  a {% b %}</p>"


def test_our_own_templates_are_loaded_tidied_and_remembered():
    first, second = (get_template("prisoners/prisoner_list.html").template for _time in range(2))
    assert first is second
    assert "\n{% if letters %}" in first.source
    assert "{% if" in get_template("admin/index.html").template.source
