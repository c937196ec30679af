"""An invented figure of others: how such a figure stands apart from those that are counted."""

from datetime import date

from memorial.figures.models import PublishedFigure


def write_figures_of_others() -> None:
    """One, with a source that does not exist."""
    PublishedFigure.objects.create(
        value_ru="около 2 500",
        value_en="about 2,500",
        what_ru="человек преследовали в России по политическим мотивам за три года (вымышленный доклад)",
        what_en="people persecuted in Russia for political reasons in three years (an invented report)",
        source_name_ru="Пример доклада",
        source_name_en="An example of a report",
        source_url="https://example.org/report",
        told_on=date(2025, 10, 28),
    )
