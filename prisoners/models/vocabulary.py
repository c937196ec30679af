"""Vocabularies that staff may extend; each entry has a stable code. Seeded by `seed_vocabularies`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.base.gender import Gender


class VocabularyEntry(models.Model):
    """A word of an open vocabulary, in both languages and where needed in both genders."""

    PUBLIC = frozenset({"code", "label", "label_m_ru", "label_f_ru", "order"})

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("name"), max_length=200)
    label_m_ru = models.CharField(_("of a man, in Russian"), max_length=120, blank=True)
    label_f_ru = models.CharField(_("of a woman, in Russian"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label

    def label_for(self, gender: str, language: str) -> str:
        """The word for a person of this gender; the neutral label where there is none."""
        if language == "ru":
            by_gender: dict[str, str] = {Gender.MALE: self.label_m_ru, Gender.FEMALE: self.label_f_ru}
            return by_gender.get(gender) or self.label
        return self.label


class Theme(VocabularyEntry):
    """What a prosecution is about. "LGBT" means the accusation, never the person."""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Community(VocabularyEntry):
    """A community of faith, people or conviction; on a page only where the person made it public."""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("community")
        verbose_name_plural = _("communities")


class Profession(VocabularyEntry):
    """What a person did before."""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("profession")
        verbose_name_plural = _("professions")


class Vulnerability(VocabularyEntry):
    """What makes imprisonment harder. Health and ill-treatment need the person's consent."""

    PUBLIC = VocabularyEntry.PUBLIC | {"consent_scope"}

    consent_scope = models.CharField(_("needs consent to"), max_length=20, blank=True)

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("vulnerability")
        verbose_name_plural = _("vulnerabilities")


class PrisonerList(VocabularyEntry):
    """One of the lists that the project keeps: political prisoners, persecuted for religion, …"""

    class Meta(VocabularyEntry.Meta):
        verbose_name = _("list")
        verbose_name_plural = _("lists")
