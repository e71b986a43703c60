"""One row of the register of public office holders, and the offices it knows."""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = ("surname", "infix", "given", "initials", "office", "body", "from", "until", "source")

# Office codes with the Dutch words for them. The last ones are for an organisation's own rows.
OFFICES = {
    "minister-president": "minister-president",
    "minister": "minister",
    "staatssecretaris": "staatssecretaris",
    "kamerlid": "lid van de Tweede Kamer",
    "senator": "lid van de Eerste Kamer",
    "europarlementarier": "lid van het Europees Parlement",
    "eurocommissaris": "Europees commissaris, voorzitter van een Europese instelling",
    "commissaris-van-de-koning": "commissaris van de Koning",
    "gedeputeerde": "gedeputeerde",
    "burgemeester": "burgemeester",
    "wethouder-grote-stad": "wethouder van een grote stad",
    "dijkgraaf": "dijkgraaf",
    "gouverneur": "gouverneur",
    "ombudsman": "ombudsman",
    "hoog-college": "lid van een Hoog College van Staat",
    "koninklijk-huis": "lid van het Koninklijk Huis",
    "regeringsleider": "staatshoofd of regeringsleider",
    "buitenlandse-minister": "minister van een ander land",
    "wethouder": "wethouder",
    "raadslid": "raadslid",
    "statenlid": "lid van provinciale staten",
    "ambtsdrager": "andere ambtsdrager",
}


@dataclass(frozen=True, slots=True)
class Official:
    """One office of one person. `since` and `until` are ISO dates or years; "" when unknown or still going on.

    `initials` as written ("W.B."), `office` a key of `OFFICES`, `body` the ministry, party, municipality, province or
    country, `source` where the row comes from.
    """

    surname: str
    infix: str
    given: str
    initials: str
    office: str
    body: str
    since: str
    until: str
    source: str

    @property
    def name(self) -> str:
        """The name as one reads it: given name (or initials), infix, surname."""
        return " ".join(part for part in (self.given or self.initials, self.infix, self.surname) if part)

    def held_in(self, year: int) -> bool:
        """Whether the office was, for all that is known, held at some time in `year`."""
        return (not self.since or int(self.since[:4]) <= year) and (not self.until or int(self.until[:4]) >= year)
