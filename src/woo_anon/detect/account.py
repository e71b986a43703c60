"""Account names: of users in paths, domains, logs and chats, and handles on social media.

An account name is found in three ways. By where it stands: behind `C:\\Users\\`, `/home/`, `DOMAIN\\`, `user=`, `@`,
after a word for it, at the head of a line of a log, below a column heading. By what it is made of: letters of a name
that the document holds (`hoekemw02` of Hoekema, `jpoortman` of Poortman), which is asked where the place alone proves
little.
And by having been found elsewhere in the document: an account is the same everywhere.

Must find: `G:\\OVS\\hoekemw02\\nota.docx` beside a Hoekema, `[~lintveld] klant belt`.
Must leave: `G:\\Beleid\\2024\\nota.docx`, `@here`, `user story 12`.
Misses: an account of letters only, made of a name that the document does not hold, without a word for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from woo_anon.detect.dictionary import is_known
from woo_anon.detect.lexicon import fold
from woo_anon.detect.mailbox import is_functional
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_ACCOUNT = r"[A-Za-z][\w-]{0,28}(?:\.[\w-]{1,20}){0,3}"
_TOKEN = rf"(?P<account>{_ACCOUNT})"
# Places that hold nothing but an account.
_CERTAIN = Pattern(  # begins with a sign
    rf"[\\/](?i:users|home|homes|prof|profiles?|\w{{1,12}}home)\$?[\\/]+(?!(?i:public|all users|default|desktop))"
    rf"{_TOKEN}(?=[\\/\s)\"',;]|\.?(?:\s|\Z))|\[~{_TOKEN}\]|<@{_TOKEN}>|(?<![\w.])~{_TOKEN}(?=[/\s])"
    rf"|/cn=(?!(?i:recipients)){_TOKEN}|\"(?:user|username|account|from_id)\" ?: ?\"{_TOKEN}\""
)
_LED = Pattern(  # begins with a word of a log or a mail header
    rf"(?<!\w)(?:membership\||sudo: {{1,3}}|x-(?:[a-z]+-)?(?:originating|authenticated)-?user: (?:[A-Z0-9-]+\\)?"
    rf"|recipients_cn=|cn=(?=[\w.]+:mailto)|password for (?!invalid)"
    rf"|(?:invalid )?user[= ](?!story|id )(?=[\w.-]{{3,30}} (?:from|logged|:))){_TOKEN}",
    IGNORE_CASE,
)
_DOMAIN = Pattern(r"(?<![\w\\:/.$])[A-Z][A-Z0-9-]{1,14}\\{1,2}(?P<account>[A-Za-z][\w.-]{2,28}\w)(?![\w\\.$&])")
# An initial and a surname, as accounts are made, wherever they stand.
_DOTTED = Pattern(r"(?<![\w.@\\-])(?P<account>[a-z]\.(?P<surname>[a-z]{4,20})(?:\.(?:ext|adm))?\d{0,2})(?![\w@-]|\.\w)")
_LOWER_DOMAIN = Pattern(
    r"(?<![\w\\:/.$-])[a-z]{2,12}\\(?P<account>[a-z][a-z\d_-]{3,20}(?:\.[a-z\d]{2,20})?)(?![\w\\.$&])"
)
_HANDLE = Pattern(r"(?<![\w.+@-])@(?P<account>[A-Za-z_][\w-]{0,30}(?:\.\w{1,30}){0,3})(?![\w@]|\.\w)")
_GROUP = frozenset(
    """
    here channel all iedereen everyone team allen postbus media param return override example todo
    """.split()
)
_STRONG = Pattern(
    rf"(?<!\w)(?:(?:ambts|test|beheer|gebruikers)?accounts?(?: (?:name|naam|locked out|oud/nieuw|op|van))?"
    rf"|profiel|inlog|tikkie via|gebr(?:uikers?(?:naam|code)?)?\.?|user(?:name|-?id)?|login(?:naam)?|inlognaam"
    rf"|acc|usr|agentcode|handle|custodian"
    rf"|log-?in(?: \w{{4,12}})?|spelersnaam|schermnaam|nickname|kanaal"
    rf"|skype me|twitter|x|instagram|insta|telegram|teams|git blame says|toegewezen|gestart door|kijkt mee"
    rf"|ingelogd (?:als|met)(?: het account)?)[ .:=(@]{{1,12}}(?:is |heet "
    rf"|heeft )?(?P<account>{_ACCOUNT})(?![\w@\\])",
    IGNORE_CASE,
)
_MADE_BY = Pattern(
    rf"(?<!\w)(?:door|by|auteur|eigenaar|onder|map|upload|staat op|van|aan|from|to|cc|opsteller|behandelaar"
    rf"|medewerker|mailboxen|zich|daarvoor|=|->|→|logbestand|schijf|gesloten|staat|bewerkt|als"
    rf"|on \d{{1,2}}/\d{{1,2}}/\d\d)"
    rf"[ :.]{{1,4}}(?P<account>{_ACCOUNT})(?![\w@\\])",
    IGNORE_CASE,
)
_LOG_LINE = Pattern(
    rf"(?:(?<=\n)|\A)[>| \t]{{0,4}}(?:#\d{{1,3}} {{1,3}}"
    rf"|\[?(?:\d{{1,4}}[-/]\d\d(?:[-/]\d{{2,4}})?[T ]{{1,3}})?\d\d[:.]\d\d(?:[:.]\d\d)?Z?\]?[ \t]{{1,4}})"
    rf"(?P<account>{_ACCOUNT})(?=:"
    rf"|,| \d\d[:.]\d\d|[ \t]{{2}})"
)
_CHAT_LINE = Pattern(rf"(?:(?<=\n)|\A)(?P<account>{_ACCOUNT})[ \t]{{1,4}}\d\d[:.]?\d\d[ \t]")
_JSON = Pattern(rf"\"(?:from|user|sender|author)\" ?: ?\"(?P<account>{_ACCOUNT})\"")
_BRACKETED = Pattern(r"[(\[](?P<account>[a-z][a-z0-9]{2,14}(?:[._-][a-z0-9]{1,15}){0,2})(?=[)\],]| is de | op teams)")
_AT_HOST = Pattern(r"(?<![\w.+-])(?P<account>[a-z][a-z0-9.]{2,20})@(?=[a-z][a-z0-9-]{2,20}(?![\w.@-]))")
_AT_DOMAIN = re.compile(r"(?<=[a-z\d])\.[A-Z]{4,20}$")  # a profile's folder: the domain behind the user
_SEGMENT = Pattern(r"\\(?P<account>[A-Za-z][\w.-]{2,28})(?=\\)")
_ADMIN = Pattern(r"(?<![\w.@-])(?P<account>(?:adm|ext)[-_][a-z][\w.]{2,20})(?![\w@-])")
_WORD = Pattern(r"(?<![\w.@-])(?P<account>[a-z]{4,12}\d{0,3}|[A-Z]{5,9}\d{1,3})(?![\w@-])")
_HOST = Pattern(r"(?<!\w)(?:WS-UT|WS|LAP|LT|PC|NB)-(?P<account>[A-Za-z]{4,20})(?![\w-])")
_HEADING = Pattern(
    r"(?<!\w)(?:account(?:naam)?|gebruiker(?:snaam)?|login|user(?:name|id)?|inlog(?:naam)?)(?!\w)", IGNORE_CASE
)
_CELL = Pattern(r"@?(?P<account>[A-Za-z][A-Za-z]*[\w.-]{2,28})(?=[\s;|\"]|\Z)")
_LOWER = re.compile(r"(?<![\w@.\\/-])[a-z]{4,}(?![\w@\\/-])")
_ANY_WORD = Pattern(r"(?<![\w@.-])[A-Za-z][\w.-]*\w")
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|msg|txt|csv|html?|zip|pst|xbrl|sh|jpe?g|png|mp[34]|odt|eml|exe|log)$", re.IGNORECASE
)
_SITE = re.compile(r"\.(?:nl|com|org|eu|be|de|net|gov|example|local|int|info)$", re.IGNORECASE)
_INFLECTIONS = frozenset(
    """
    e en s t je er ers end ende den te ten de d n r tje ing st
    """.split()
)
_NAME = re.compile(r"[A-ZÀ-Ž][\w'’-]*")
_NOT = frozenset(
    """
    van het een niet voor naar met door aan als bij dat die zijn wordt word naam nummer account accounts gebruiker
    user admin system root beheer docx pdf xlsx nota map logon logoff users evaluaties desktop public default
    documents bureaublad intern extern alle anderen mij jou haar hem ons onze deze dit daar hier nog ook maar
    """.split()
)


def find(text: str) -> Iterator[Hit]:
    """All account names of a reading."""
    names = Names(text)
    found = list(first_of(_candidates(text, names)))
    yield from found
    yield from _again(text, found)


def _candidates(text: str, names: Names) -> Iterator[Hit]:
    for pattern in (_CERTAIN, _LED, _DOMAIN):
        for match in pattern.finditer(text):
            account = _AT_DOMAIN.sub("", match.group("account"))
            if _may_be(account) and not (pattern is _DOMAIN and is_known(account)):
                start = match.start("account")
                yield _hit(start, start + len(account), "place:account", 0.9)
    for match in _HANDLE.finditer(text):
        handle = match.group("account")
        if _may_be(handle) and not _SITE.search(handle) and not _starts_name(text, handle, match.end()):
            yield _hit(*span_of(match, "account"), "place:handle", 0.9)
    for start, end in columns(text, _HEADING):
        cell = _CELL.match(text, start, end)
        if cell and _is_code(cell.group("account"), names):
            yield _hit(*span_of(cell, "account"), "column:account", 0.85)
    for pattern in (_STRONG, _LOG_LINE, _CHAT_LINE, _LOWER_DOMAIN, _JSON, _ADMIN):
        for match in pattern.finditer(text):
            if _is_code(match.group("account"), names):
                yield _hit(*span_of(match, "account"), "cue:account", 0.85)
    for match in _AT_HOST.finditer(text):
        if is_functional(match.group("account")):  # `info@gemeente-⏎hoorn.nl`
            continue
        yield _hit(*span_of(match, "account"), "place:host", 0.7)
    yield from _writers(text)
    yield from _made_of_names(text, names)


def _writers(text: str) -> Iterator[Hit]:
    """Words that head a line of a log or chat more than once."""
    heads = [match.span("account") for match in _LOG_LINE.finditer(text)]
    counts = Counter(text[start:end] for start, end in heads)
    for start, end in heads:
        head = text[start:end]
        if counts[head] > 1 and len(head) >= 5 and head.isalpha() and head.islower():
            yield _hit(start, end, "place:log", 0.7)


def _made_of_names(text: str, names: Names) -> Iterator[Hit]:
    for pattern in (_SEGMENT, _MADE_BY, _BRACKETED, _HOST):
        for match in pattern.finditer(text):
            account = match.group("account")
            loose = pattern in (_SEGMENT, _HOST)
            if is_known(account) or (not loose and not (account.islower() or account.isupper())):
                continue
            if (
                _is_dotted(account)
                or names.make(account, strict=not loose)
                or names.make(account, strict=False, anywhere=True)
            ):
                yield _hit(*span_of(match, "account"), "form:made-of-name", 0.8)
    for match in _DOTTED.finditer(text):
        if names.has(match.group("surname")):
            yield _hit(*span_of(match, "account"), "form:made-of-name", 0.8)
    for match in _WORD.finditer(text):
        account = match.group("account")
        if names.may_make(account) and not is_known(account) and names.make(account, strict=True, anywhere=True):
            yield _hit(*span_of(match, "account"), "form:made-of-name", 0.7)


def _again(text: str, found: list[Hit]) -> Iterator[Hit]:
    """The other places of the accounts found, as whole words."""
    accounts = {text[hit.start : hit.end] for hit in found}
    known = {account for account in accounts if len(account) >= 5 and not account.istitle()}
    if not known:
        return
    taken = {hit.start for hit in found}
    for match in _ANY_WORD.finditer(text):
        if match.group() in known and match.start() not in taken:
            yield _hit(*span_of(match), "place:again", 0.8)


class Names:
    """The capitalised words of a text, each with the initials of the words beside it."""

    def __init__(self, text: str) -> None:
        self._by_start: dict[str, dict[str, set[str]]] = {}
        self._common = set(_LOWER.findall(text))  # `Onder` of a heading is no name when the text has `onder`
        previous, end = "", -99
        for match in _NAME.finditer(text):
            for part in re.split(r"[-'’]", fold(match.group())):
                near = match.start() - end <= 24 and previous
                if near:
                    self._add(part, previous[0])
                    self._add(previous, part[:1])
                    if match.start() - end <= 1:
                        self._add(previous + part, "")
                previous, end = part or previous, match.end()
                self._add(part, "")

    def _add(self, name: str, initial: str) -> None:
        if len(name) >= 3 and name.isalpha():
            self._by_start.setdefault(name[:3], {}).setdefault(name, set()).add(initial)

    def has(self, surname: str) -> bool:
        """Whether a name of the text, or the beginning of one, is this in lower case."""
        return (
            any(name.startswith(surname) for name in self._by_start.get(surname[:3], {}))
            and surname not in self._common
        )

    def may_make(self, account: str) -> bool:
        """Whether some name begins like `account` or like what follows its first letters: quick; no is sure."""
        plain = account.lower()
        return any(plain[skip : skip + 3] in self._by_start for skip in range(9))

    def make(self, account: str, *, strict: bool, anywhere: bool = False) -> bool:
        """Whether `account` is the beginning of a name with initials before or behind it.

        `strict`: an initial must be that of a word beside the name. `anywhere`: `account` stands in running text, so
        that a plain inflection of the name does not count.
        """
        plain = fold(account)
        core = re.sub(r"^(?:adm|ext|kcc|ilt|rot-noord)[-_]", "", plain)
        core = re.sub(r"(?:[._-]?\d{1,4}|[._-](?:ext|[a-z]{1,2}))$", "", core)
        if (
            not core.isalpha()
            or plain in _NOT
            or not 4 <= len(core) <= 16
            or not (account.islower() or account.isupper() or account[1:].islower())
        ):
            return False
        digits = core != plain
        return any(
            self._behind(rest, digits or rest != core, strict, anywhere) for rest in _without_infix(core)
        ) or any(self._before(core[skip:], core[0], strict, anywhere) for skip in (1, 2, 3))

    def _behind(self, core: str, digits: bool, strict: bool, anywhere: bool) -> bool:
        """Name first, initials behind it: `hoekemw02`."""
        for name, initials in self._by_start.get(core[:3], {}).items():
            shared = _shared(name, core)
            left = core[shared:]
            if shared < min(4, len(name)) or len(left) > 3 or (not left and not (digits and shared >= 4)):
                continue
            if left and anywhere and not digits and (left in _INFLECTIONS or shared < 5 or name in self._common):
                continue
            if not left or not strict or left[0] in initials or (digits and shared >= 5):
                return True
        return False

    def _before(self, rest: str, initial: str, strict: bool, anywhere: bool) -> bool:
        """Initials first, then the name: `jpoortman`."""
        return len(rest) >= 4 and any(
            name.startswith(rest)
            and (len(rest) >= 5 or rest == name)
            and (not strict or initial in initials)
            and not (anywhere and (name in self._common or len(name) < 6))
            for name, initials in self._by_start.get(rest[:3], {}).items()
        )


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


def _without_infix(core: str) -> Iterator[str]:
    yield core
    found = re.match(r"(?:vander|vanden|van|vd|von|der|den|ter|ten|de|el|al)(?=[a-z]{4})", core)
    if found:
        yield core[found.end() :]


def _may_be(account: str) -> bool:
    plain = account.lower()
    return (
        len(account) >= 2
        and plain not in _NOT
        and plain not in _GROUP
        and not plain.startswith(("svc_", "svc-", "test_", "test-"))
    )


def _is_code(account: str, names: Names) -> bool:
    """Whether a word where an account is expected looks like one: a figure or sign inside, or made of a name."""
    if len(account) < 3 or not _may_be(account):
        return False
    if any(char.isdigit() for char in account) or "_" in account:
        return sum(char.isalpha() for char in account) >= 3 and "-0" not in account and not _FILE.search(account)
    made = names.make(account, strict=True) or names.make(account, strict=False, anywhere=True)
    return made or _is_dotted(account) or account.startswith(("adm-", "ext-"))


def _is_dotted(account: str) -> bool:
    """`gert.zijdewind`, `x.ouyang`, `e.artsen1`: lower-case words with a point and no suffix of a file or a site."""
    parts = re.sub(r"\d{1,3}$", "", account).split(".")
    return (
        len(parts) in (2, 3)
        and account == account.lower()
        and all(part.isalpha() for part in parts)
        and any(len(part) >= 4 for part in parts)
        and not _FILE.search(account)
        and not _SITE.search(account)
    )


def _starts_name(text: str, handle: str, end: int) -> bool:
    """`@Sjouke Rypkema` is a name that a chat program marks, not a handle."""
    return handle[0].isupper() and handle.isalpha() and text[end : end + 1] in (" ", ":", ",") and handle[1:].islower()


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.USERNAME, score, 0.0, (Evidence(code),))
