"""Registers translated fields, with columns that are never NULL: an absent translation is an empty text."""

from collections.abc import Callable

from django.db import models
from modeltranslation.translator import TranslationOptions, translator


def translated(*tables: type[models.Model]) -> Callable[[type[TranslationOptions]], type[TranslationOptions]]:
    """Registers the options of a class for the given models.

    The library makes every language column nullable, so that «no text» would have two
    spellings and a constraint on an empty name would let NULL through.
    """

    def decorate(options: type[TranslationOptions]) -> type[TranslationOptions]:
        for model in tables:
            translator.register(model, options)
            for columns in translator.get_options_for_model(model).all_fields.values():
                for column in columns:
                    column.null = False
        return options

    return decorate
