"""Whether a column of a table tells who somebody is: by its head, or by the look of its values."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.personal import looks
from workbench.domain.personal.heads import Asked, asked
from workbench.domain.personal.kinds import Kind

_MOST = 300  # values that are looked at
_SCALES = {Kind.EMAIL, Kind.PHONE, Kind.CONTACT}  # ways to be reached are asked about, too
_DIGITS = {Kind.PHONE: 5, Kind.ACCOUNT: 5, Kind.ADDRESS: 1, Kind.BIRTH: 4}


def kind_of(head: str, values: Sequence[str], *, beside_id: bool = False) -> Kind | None:
    """Return what in a column tells who somebody is; `None` if it is free of that.

    A head that asks for it and for nothing else is enough. A head that asks it beside something
    else, and values alone, need values that look so: most of them, never a single one.

    Args:
        head: the name of the column.
        values: what stands in it, without empty cells.
        beside_id: another column says who is who, as codes do.
    """
    seen = values[:: max(1, len(values) // _MOST)]
    found = asked(head)
    kind = _seen_kind(seen)
    if found and found.only and not _is_scale(found.kind, seen):
        return kind if kind and found.kind is Kind.NAME else found.kind  # a user name may be both
    if kind is not None and (len(seen) > 1 or _is_label(head)):
        return kind
    if found and not found.only and _fits(found, seen):
        return found.kind
    if looks.are_births(seen):
        return Kind.BIRTH
    return Kind.NAME if looks.are_names(seen, beside_id=beside_id) else None


def _is_label(head: str) -> bool:
    """Tell whether a head is a label, not a question answered in one's own way."""
    return "?" not in head and len(head.split()) <= 3


def _is_scale(kind: Kind, values: Sequence[str]) -> bool:
    """Tell whether a head like “Phone” is a choice that was ticked or rated."""
    if not values or kind not in _SCALES | {Kind.NAME}:
        return False
    return looks.are_ticks(values) or (kind in _SCALES and looks.are_categories(values))


def _seen_kind(values: Sequence[str]) -> Kind | None:
    kinds = [kind for kind in map(looks.look, values) if kind is not None]
    if not kinds or len(kinds) <= len(values) / 2:
        return None
    return max(kinds, key=kinds.count)


def _fits(found: Asked, values: Sequence[str]) -> bool:
    """Tell whether values go with what a part of a head asks for."""
    if found.kind is Kind.EMAIL:
        fitting = sum("@" in value for value in values)
        return 3 * fitting > len(values)
    if found.kind is Kind.NAME:
        return looks.are_names(values, beside_id=True)
    least = _DIGITS.get(found.kind)
    if least is None:
        return False
    return 2 * sum(sum(map(str.isdigit, value)) >= least for value in values) > len(values)
