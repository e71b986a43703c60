"""Whose name it is: the belief that a mention belongs to somebody, or something, whose name may stay.

A logistic regression over readable features: what the tagger believes of the mention itself and of the other
mentions of the same group, the cues around them, the zones in which they stand, the people that stand in one list with
it, the kind of document, the register of office holders, mail addresses. The weights were fitted on the corpus with
tagger scores of held-out folds (models/scripts/fit_whose.py) and lie in `whose.json`. A feature that speaks for its
person becomes evidence of the decision.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

from woo_anon.document import Evidence
from woo_anon.people.group import Group
from woo_anon.people.register import Level
from woo_anon.people.survey import LOGIT_LIMIT, OFFICE_CUES, STAFF_CUES, Mentioned, Shared, Survey, codes

# Mail domains of those whose members are public by office, and of the government's staff.
_PARLIAMENT = ("tweedekamer.nl", "eerstekamer.nl", "parlement.nl", "europarl.europa.eu", "ec.europa.eu")
_LEVELS = frozenset({*map(str, Level), "namesakes"})
_OTHERS = "beside:office"
_SURE_TO_GO = 0.2  # below this belief an office beside the name is not held for its own


def features(index: int, group: Group, seen: Survey) -> dict[str, float]:
    """Features of the mention `index` of `group`."""
    own, shared = seen.known[index], seen.shared[group.number]
    found = {
        "bias": 1.0,
        "own": own.logit,
        "going": own.going,
        "certainty": own.certainty,
        "own*certainty": own.logit * own.certainty / LOGIT_LIMIT,
        f"certainty:{own.form}": own.certainty,
        f"own:{own.form}": own.logit,
        f"going:{own.form}": own.going,
        "document": seen.mean,
        "near": seen.near.get(index, 0.0),
        f"form:{own.form}": 1.0,
        f"register:{own.listed.code}": 1.0,
    }
    found.update(seen.of_document)
    found.update(seen.listed.get(index, {}))
    found.update(dict.fromkeys(own.cues, 1.0))
    found.update({f"zone:{kind}": 1.0 for kind in own.zones})
    found.update({f"register:{office}": 1.0 for office in own.listed.offices})
    found.update(_of_others(own, shared))
    found.update(_of_group(index, own, group, seen))
    return found


def _of_group(index: int, own: Mentioned, group: Group, seen: Survey) -> dict[str, float]:
    found = {}
    standing = seen.shared[group.number].standing
    if standing:
        found[standing] = 1.0
        found[f"{standing}:{own.form}"] = 1.0
    if own.shape:
        found[f"shape:{own.shape}"] = 1.0
        found[f"shape:{own.shape.partition(':')[0]}"] = 1.0
    if own.cues & {"before:thing", "behind:thing"} and not own.on_staff:
        found["thing"] = 1.0
    if group.number in seen.mails:
        parliament = seen.mails[group.number].endswith(_PARLIAMENT)
        found["mail:parliament" if parliament else "mail:other"] = 1.0
    if index in group.ambiguous:
        found["ambiguous"] = 1.0
    if index in seen.given:
        found["register:given name"] = 1.0
    return found


def _of_others(own: Mentioned, shared: Shared) -> dict[str, float]:
    """Features of the mentions of the group but `own`; none when there is no other."""
    logits, count = shared.logits, len(shared.logits) - 1
    if not count:
        return {}
    mean = (sum(logits) - own.logit) / count
    said = codes(own)
    found = dict.fromkeys((code for code, times in shared.codes.items() if times > (code in said)), 1.0)
    return found | {
        "others": 1.0,
        "others:mean": mean,
        "others:most": logits[-2] if own.logit == logits[-1] else logits[-1],
        "others:least": logits[1] if own.logit == logits[0] else logits[0],
        "own*others": own.logit * mean / LOGIT_LIMIT,
    }


def has_office(found: Mapping[str, float]) -> bool:
    """Whether an office stands at the mention itself."""
    return not OFFICE_CUES.isdisjoint(found)


def _least(found: Mapping[str, float], read: float) -> float:
    """The least belief that an office gives to a mention without a cue of the staff.

    On the held-out folds, which hold far more namesakes than notes do, 97 of 100 mentions with an office of their own
    stay, and 87 of 100 of the others of a group whose office nobody disputes. Where all features together are sure of
    the contrary (`read`), the office is most often somebody else's, or none: of 108 such mentions of slice F and of
    `models/unseen` 81 had to go.
    """
    if read < _SURE_TO_GO or not STAFF_CUES.isdisjoint(found) or _OTHERS in found:
        return 0.0
    if has_office(found):
        return 0.85
    return 0.6 if "office:sole" in found else 0.0


@cache
def weights() -> Mapping[str, float]:
    """The fitted weights, a feature's name to its weight."""
    text = (resources.files("woo_anon.people") / "whose.json").read_text("utf-8")
    return {str(key): float(value) for key, value in json.loads(text)["weights"].items()}


def belief(found: Mapping[str, float]) -> tuple[float, tuple[Evidence, ...]]:
    """The belief 0..1 that the mention may stay, and the features that weighed most, heaviest first.

    Each mention has a form, and is in the register or not: what these say is told against what they mostly are, a full
    name and one that is not in it.
    """
    fitted = weights()
    parts = {code: value * fitted.get(code, 0.0) for code, value in found.items()}
    # Features come out of sets, in an order that differs from run to run; the same document must give the same belief.
    total = max(-30.0, min(30.0, math.fsum(parts.values())))
    told = {code: part - fitted.get(_usual(code), 0.0) for code, part in parts.items() if code != "bias"}
    heavy = sorted((code for code in told if abs(told[code]) >= 0.3), key=lambda code: (-abs(told[code]), code))
    read = 1 / (1 + math.exp(-total))
    return max(read, _least(found, read)), tuple(Evidence(code, round(told[code], 2)) for code in heavy[:6])


def _usual(code: str) -> str:
    """The feature that most mentions have in place of this one; "" where there is none."""
    kind, _, said = code.partition(":")
    if kind == "form":
        return "form:full"
    return "register:none" if kind == "register" and said.partition(":")[0] in _LEVELS else ""
