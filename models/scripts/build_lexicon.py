"""Compiles the dictionary from lists of names, places and word frequencies.

    python models/scripts/build_lexicon.py --names DIR --deduce DIR --faker DIR -o lexicon.bin

`--names` is the folder with the Meertens, Naamkunde and BAG lists, `--deduce` and `--faker` are unpacked distributions of
those packages (their data is read as files; nothing of them is imported). The environment variables WOO_NAMES,
WOO_DEDUCE and WOO_FAKER do the same. Sources and licences: models/LICENSES.md.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log10
from pathlib import Path

import wordfreq

from woo_anon.detect.lexicon import Kind, Lexicon, fold

INFIXES = """van de der den het 't ter ten te op in aan bij onder over uit voor vd v/d vander vanden la le du des di da
del della dos el al ben bin ibn von zu zum zur af al-'t vdr mc mac o st sint 's d l dal do das los las y und ould oud tot thoe toe upn uten uijt uyt
abu bou ait haj""".split()
TITLES = """de-heer heer heren dhr hr meneer mijnheer mevrouw mevr mw mevrouwen dame dames drs dr mr ir ing prof bc ba ma
msc bsc phd llm jhr jkvr jonkheer jonkvrouw freule ds pastoor pater zuster sr jr weduwe echtgenoot mej mejuffrouw mister
mrs ms herr frau monsieur madame sir lady ds imam rabbijn collega collegas geachte beste lieve hoi ha hallo dag
groet groeten hoogachtend""".split()
OFFICES = """minister ministers minister-president premier staatssecretaris staatssecretarissen stas bewindspersoon
bewindslieden lid leden kamerlid kamerleden tweede-kamerlid senator fractievoorzitter fractieleider burgemeester wethouder
wethouders loco-burgemeester raadslid raadsleden gedeputeerde gedeputeerden statenlid statenleden commissaris cdk dijkgraaf
heemraad heemraden koning koningin prins prinses president bondskanselier eurocommissaris eurocommissarissen commissielid
rechter raadsheer ombudsman kamervoorzitter voorzitter vicepremier premier ambassadeur gouverneur motie moties amendement
amendementen kabinet initiatiefnota initiatiefwet europarlementarier kvk indiener indieners min mp""".split()
FUNCTIONS = """directeur directeuren hoofd afdelingshoofd teamleider teammanager manager adviseur beleidsadviseur
beleidsmedewerker medewerker ambtenaar secretaris griffier jurist woordvoerder voorlichter coordinator projectleider
programmamanager inspecteur onderzoeker controller analist stagiair trainee notulist behandelaar steller opsteller auteur
contactpersoon contact secretaresse bode chauffeur arts advocaat gemachtigde aanvrager verzoeker bewoner bewoners ouder
docent consulent griffie plv plaatsvervangend senior junior dg sg ig dga pdg psg directeur-generaal secretaris-generaal
inspecteur-generaal kwartiermaker vertegenwoordiger raadsadviseur politiek-assistent pa buurman buurvrouw moeder vader
zoon dochter broer zus echtgenote partner klager melder journalist redacteur""".split()
THINGS = """wet motie commissie zaal zaaltje kamer lijst gebouw toren huis brug plein prijs fonds storm schip fregat
zr.ms ms hr.ms norm methode model regeling akkoord plan rapport stelling effect syndroom ziekte instituut stichting museum
universiteit school college lyceum academie gymnasium kazerne ziekenhuis kliniek kerk basiliek sluis gemaal polder kanaal
haven tunnel viaduct station metrostation halte park bos vliegveld luchthaven stadion monument villa kasteel slot hofje
systeem applicatie server vergaderzaal werkgroep taskforce doctrine criteria arrest formule index wetgeving fabriek
molen collectie leerstoel lezing beurs penning medaille straat laan weg""".split()
ORGANISATIONS = """bv nv vof bureau advies advocaten notarissen groep holding installaties bouw transport architecten
consultancy partners zonen gebr firma vereniging bedrijf aannemer drukkerij restaurant hotel bakkerij garage bank uitgeverij
makelaardij accountants ingenieurs inc ltd gmbh""".split()
PARTIES = """vvd pvda d66 cda gl groenlinks sp pvv cu christenunie sgp pvdd denk fvd bbb nsc volt ja21 50plus bij1 glpvda""".split()
STREET_WORDS = """straat laan weg plein kade gracht singel dijk hof pad steeg park dreef plantsoen markt wal haven baan
ring burg brug kwartier oever boulevard allee""".split()
# Assignments in faker's person providers that hold names in Latin script.
_FAKER_FIRST = re.compile(r"first_(romanized_)?names?")
_FAKER_LAST = re.compile(r"last_(romanized_)?names?")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def _latin(word: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in word)


def faker_names(folder: Path) -> Iterator[tuple[str, Kind, str]]:
    """Names in Latin script of all locales: (locale, FIRST_ABROAD or SURNAME_ABROAD, name)."""
    for source in sorted(folder.glob("**/providers/person/*/__init__.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = target.id if isinstance(target, ast.Name) else ""
            first, last = _FAKER_FIRST.match(name), _FAKER_LAST.match(name)
            if not first and not last:
                continue
            for leaf in ast.walk(node.value):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and _latin(leaf.value):
                    yield source.parent.name, Kind.FIRST_ABROAD if first else Kind.SURNAME_ABROAD, leaf.value


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for word in _WORD.findall(fold(name)):
            if word not in INFIXES:
                yield word


def _name_lists(names: Path, deduce: Path, faker: Path) -> Iterator[tuple[Kind, Iterable[str]]]:
    data = next(deduce.glob("**/data/lookup/src"))
    yield Kind.FIRST, _lines(names / "firstnames_naamkunde_9755.txt")
    yield Kind.FIRST, _lines(data / "names/lst_first_name/items.txt")
    yield Kind.SURNAME, _lines(names / "surnames_naamkunde_10000.txt")
    yield Kind.SURNAME_RARE, _lines(names / "surnames_meertens_2007_freq5plus.lst")
    yield Kind.SURNAME_RARE, _lines(data / "names/lst_surname/items.txt")
    abroad = list(faker_names(faker))
    for kind in (Kind.FIRST_ABROAD, Kind.SURNAME_ABROAD):
        yield kind, [name for _, which, name in abroad if which is kind]
    yield Kind.PLACE, [line.split("\t")[-1] for line in _lines(names / "bag_woonplaats.tsv")]
    yield Kind.PLACE, _lines(names / "bag_gemeente_2019.txt")
    yield Kind.PLACE, _lines(data / "locations/lst_placename/lst_residence/items.txt")


def _bucket(frequency: float) -> int:
    """0 for fewer than one in 10⁸ words, then steps of half a Zipf unit from 1 to 7."""
    zipf = log10(frequency) + 9
    return max(0, min(7, int((zipf - 2.0) * 2) + 1)) if zipf < 5 else 7


def gather(names: Path, deduce: Path, faker: Path) -> dict[str, tuple[int, int]]:
    """Folded word → (classes, frequency bucket)."""
    kinds: dict[str, int] = defaultdict(int)
    for kind, listed in _name_lists(names, deduce, faker):
        for word in _words(listed):
            kinds[word] |= kind
    own = [
        (Kind.INFIX, INFIXES),
        (Kind.TITLE, TITLES),
        (Kind.OFFICE, OFFICES),
        (Kind.FUNCTION, FUNCTIONS),
        (Kind.THING, THINGS),
        (Kind.ORGANISATION, ORGANISATIONS),
        (Kind.STREET, STREET_WORDS),
        (Kind.PARTY, PARTIES),
    ]
    for kind, words in own:
        for word in words:
            kinds[fold(word)] |= kind
    buckets: dict[str, int] = defaultdict(int)
    for word, frequency in wordfreq.get_frequency_dict("nl", "large").items():
        folded = fold(word)
        if _WORD.fullmatch(folded):
            buckets[folded] = max(buckets[folded], _bucket(frequency))
    known = set(kinds) | {word for word, bucket in buckets.items() if bucket}
    return {word: (kinds.get(word, 0), buckets.get(word, 0)) for word in known}


def add_source_arguments(parser: argparse.ArgumentParser) -> None:
    for option in ("names", "deduce", "faker"):
        variable = f"WOO_{option.upper()}"
        default = os.environ.get(variable)
        parser.add_argument(
            f"--{option}", type=Path, default=default, required=default is None, help=f"default: ${variable}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_source_arguments(parser)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    lexicon = Lexicon.compile(gather(arguments.names, arguments.deduce, arguments.faker))
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_bytes(lexicon.to_bytes())
    print(f"{len(lexicon)} words, {arguments.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
