"""What the desk changes of the landmarks, each change with its line on the trail in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from nafida.people.models import User
from nafida.people.trail import changed, trace_setting
from nafida.territory import actions as territory
from nafida.territory.models import Landmark, LandmarkSource, LandmarkState


@transaction.atomic
def add_landmark(*, by: User, facts: Mapping[str, Any]) -> Landmark:
    """Make a landmark. Raises ValidationError."""
    told = {**facts, "source": LandmarkSource.DESK}
    row = territory.add_landmark(by=by, **told)
    trace_setting(row, {name: (None, value) for name, value in told.items()}, by=by)
    return row


@transaction.atomic
def change_landmark(landmark: Landmark, *, by: User, facts: Mapping[str, Any]) -> Landmark:
    """Set fields of a landmark; one that was only proposed is kept from now on. Raises ValidationError."""
    changes = changed(landmark, {**facts, "state": LandmarkState.KEPT})
    if changes:
        landmark = territory.change_landmark(landmark, by=by, **{name: after for name, (_b, after) in changes.items()})
        trace_setting(landmark, changes, by=by)
    return landmark


@transaction.atomic
def remove_landmark(landmark: Landmark, *, by: User) -> None:
    """Take a landmark away, or refuse one that was proposed."""
    changes = changed(landmark, {"state": LandmarkState.REFUSED})
    territory.remove_landmark(landmark, by=by)
    trace_setting(landmark, changes, by=by)
