"""Citizens' words in templates: `{% load masking %}`."""

from __future__ import annotations

from django import template

from nafida.cases.masking import mask

register = template.Library()


@register.filter
def masked(text: str) -> str:
    """The words as the public reads them."""
    return mask(text)
