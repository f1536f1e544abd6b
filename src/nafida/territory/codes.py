"""Codes of bodies that an officer enters: readable, and taken once."""

from django.utils.text import slugify

from .models import Body

LONGEST = 70  # of 80: a number may follow


def free_code(name: str) -> str:
    """A code that no body has, from its name in Latin letters: "Caïdat d’Aklim" gives caidat-d-aklim."""
    readable = slugify(name.replace("'", " ").replace("’", " "))[:LONGEST].strip("-_") or "authority"
    taken = set(Body.objects.filter(code__startswith=readable).values_list("code", flat=True))
    code, number = readable, 1
    while code in taken:
        number += 1
        code = f"{readable}-{number}"
    return code
