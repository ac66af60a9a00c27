"""What the picker offers for a stretch of words: used last, likely, then all the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ui.i18n import t
from ui.views.picking.matching import Option
from workbench.domain.codebook import Code, paths_of
from workbench.domain.ids import CodeId
from workbench.study import Study

_RECENT, _LIKELY = 5, 4  # so many under their headings
_TELLING = 4  # letters of a word that tells more than "the" and "and"


def code_options(
    study: Study,
    *,
    recent: Iterable[CodeId] = (),
    given: Iterable[CodeId] = (),
    words: str = "",
) -> list[Option]:
    """Return all codes: those used last, those that are likely here, and all others by use.

    Args:
        study: whose codebook it is.
        recent: codes used last, newest first.
        given: codes the observation has already; what often goes with them is likely.
        words: what was said; codes whose names occur in it are likely.
    """
    codes = {code.id: code for code in study.codebook.codes()}
    paths, mentions = paths_of(codes.values()), study.codebook.use.mentions()
    given = set(given)
    late = [one for one in dict.fromkeys(recent) if one in codes and one not in given][:_RECENT]
    likely = [
        one for one in _likely(codes, words, study.codebook.use.together(given))
        if one not in late and one not in given
    ][:_LIKELY]  # fmt: skip
    known = {*late, *likely}
    rest = sorted((one for one in codes if one not in known), key=lambda one: -mentions.get(one, 0))
    groups = ((t("Used last"), late), (t("Likely here"), likely), (t("All codes"), rest))
    return [
        Option(
            one,
            codes[one].name,
            _note(paths[one], mentions.get(one, 0)),
            path=paths[one],
            group=heading if known else "",
        )
        for heading, ids in groups
        for one in ids
    ]


def touchpoint_options(study: Study) -> list[Option]:
    """Return all touchpoints in order."""
    return [Option(point.id, point.name, point.channel) for point in study.journeys.touchpoints()]


def stage_options(study: Study) -> list[Option]:
    """Return all stages in order."""
    return [Option(one.id, one.name, stage=one.colour) for one in study.journeys.stages()]


def _likely(
    codes: Mapping[CodeId, Code], words: str, together: Mapping[CodeId, int]
) -> list[CodeId]:
    """Return codes whose names occur in the words, then those that often go with the given."""
    said = {word.strip(".,;:!?…“”\"'’()") for word in words.casefold().split()}

    def named(code: Code) -> int:
        telling = [part for part in code.name.casefold().split() if len(part) >= _TELLING]
        return sum(part in said for part in telling)

    by_name = {key: count for key, code in codes.items() if (count := named(code))}
    found = sorted(by_name, key=lambda key: -by_name[key])
    beside = sorted((key for key in together if key in codes), key=lambda key: -together[key])
    return list(dict.fromkeys([*found, *beside]))


def _note(path: tuple[str, ...], mentions: int) -> str:
    above = " / ".join(path[:-1])
    return " · ".join(part for part in (above, str(mentions) if mentions else "") if part)
