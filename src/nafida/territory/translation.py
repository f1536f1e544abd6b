"""The names that come in every language of the data."""

from modeltranslation.translator import TranslationOptions, register

from .models import Area, Body, DayOverride, Landmark, Notice, Participation


@register(Area)
class AreaTranslation(TranslationOptions):
    fields = ("name",)


@register(Body)
class BodyTranslation(TranslationOptions):
    fields = ("name",)


@register(DayOverride)
class DayOverrideTranslation(TranslationOptions):
    fields = ("name",)


@register(Participation)
class ParticipationTranslation(TranslationOptions):
    fields = ("words",)


@register(Landmark)
class LandmarkTranslation(TranslationOptions):
    fields = ("name",)


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("words",)
