"""The only code that changes a document: asks the rules, applies or declines what they propose, records both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from convert.config import Config
from convert.edit import Edit, Outcome, Record, Verdict, record_id
from convert.errors import ConfigError
from convert.facts import with_facts
from convert.model import Block, Blocks, Document, Origin
from convert.rule import Phase, Rule
from convert.walk import TOP, Path, Span, at, plain, sequences_of, splice

MAX_PASSES = 8
"""How often the rules are gone through at most. One pass mends what a rule sees at once, the next what became
visible by it; no article or generated document has needed more than four."""

MAX_ROUNDS = 64
"""How often one rule may act again on its own result in one pass. A join halves the number of pieces each
round, so that 64 rounds mend a paragraph in more pieces than any file can hold."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned document and its books."""

    document: Document
    original: Document
    ledger: tuple[Record, ...]
    unused_decisions: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Record, ...]:
        """What a person should know and no edit can mend."""
        return tuple(record for record in self.ledger if record.outcome is Outcome.FOUND)


def clean(
    document: Document,
    rules: Sequence[Rule],
    config: Config,
    decisions: Mapping[str, Verdict] | None = None,
) -> Cleaned:
    """Goes through the rules in their order until a pass changes nothing; then the checks look at the result.

    `decisions` maps the id of an edit to a person's answer, which beats the edit's confidence. Raises ConfigError for
    a code to ignore that no rule has.
    """
    answers = decisions or {}
    original, ledger = document, dict[str, Record]()
    _check_codes(rules, config)
    active = [rule for rule in rules if not {rule.code, rule.family} & set(config.ignore)]
    for _ in range(MAX_PASSES):
        before = document
        for rule in active:
            if rule.phase is not Phase.CHECK and not (rule.once and document.is_weighed):
                document = _run(rule, document, config, answers, ledger)
        document = replace(document, is_weighed=True)
        if document == before:
            break
    for rule in active:
        if rule.phase is Phase.CHECK:
            document = _run(rule, document, config, answers, ledger)
    unused = tuple(sorted(set(answers) - set(ledger)))
    return Cleaned(document, original, tuple(ledger.values()), unused)


def _check_codes(rules: Sequence[Rule], config: Config) -> None:
    known = {rule.code for rule in rules} | {rule.family for rule in rules}
    unknown = sorted(set(config.ignore) - known)
    if unknown:
        raise ConfigError(f'"{unknown[0]}" is no rule\'s code and no family', hint="clearcopy rules lists the codes.")


def _run(
    rule: Rule,
    document: Document,
    config: Config,
    answers: Mapping[str, Verdict],
    ledger: dict[str, Record],
) -> Document:
    """One rule, again and again on its own result until it has nothing new to apply."""
    for _ in range(1 if rule.once else MAX_ROUNDS):
        proposed = [(edit, _recorded(rule, edit, document, config, answers)) for edit in rule.check(document, config)]
        taken = _Taken()
        applied: list[Edit] = []
        for edit, record in proposed:
            if record.outcome is Outcome.APPLIED and (_only_facts(edit) or not taken.overlaps(edit.target)):
                name = _free_name(record.id, ledger)
                if answers.get(name) is Verdict.DECLINE:  # of a twin: its own id was seen to already
                    ledger[name] = replace(record, id=name, outcome=Outcome.DECLINED)
                    continue
                if not _only_facts(edit):
                    taken.add(edit.target)
                applied.append(edit)
                ledger[name] = replace(record, id=name)
        for edit, record in proposed:
            # What overlaps an applied edit is void, and is proposed again if it still holds; an answer is heard.
            is_void = taken.overlaps(edit.target) and record.id not in answers
            if record.outcome is not Outcome.APPLIED and not is_void:
                ledger.setdefault(record.id, record)
        changes = [(edit.target, edit.after) for edit in applied if edit.after is not None]
        facts = [fact for edit in applied for fact in edit.facts]
        before = document
        document = splice(document, changes)
        document = replace(document, meta=with_facts(document.meta, facts))
        if document == before:
            break
    return document


def _only_facts(edit: Edit) -> bool:
    """Whether an edit supplies facts and changes no block: several such have room in one place."""
    return edit.target.start == edit.target.stop and edit.after == ()


def _free_name(identity: str, ledger: Mapping[str, Record]) -> str:
    """The id of an applied edit; numbered where the same one was applied already, to a twin in the same place."""
    name, number = identity, 1
    while name in ledger and ledger[name].outcome is Outcome.APPLIED:
        number += 1
        name = f"{identity}-{number}"
    return name


def _recorded(rule: Rule, edit: Edit, document: Document, config: Config, answers: Mapping[str, Verdict]) -> Record:
    before = at(document, edit.target)
    origin = _origin(document, edit.target, before)
    identity = record_id(rule.code, origin.place, before, edit.after, edit.facts)
    if edit.after is None:
        outcome = Outcome.FOUND
    elif identity in answers:
        outcome = Outcome.APPLIED if answers[identity] is Verdict.APPLY else Outcome.DECLINED
    else:
        outcome = Outcome.APPLIED if edit.confidence >= config.confidence else Outcome.DECLINED
    return Record(
        id=identity,
        code=rule.code,
        name=rule.name,
        source=document.source,
        place=origin.place,
        outcome=outcome,
        confidence=round(edit.confidence, 2),
        reason=edit.reason,
        before=before,
        after=edit.after,
        facts=edit.facts,
    )


def _origin(document: Document, span: Span, before: Blocks) -> Origin:
    """Where a span stands. An empty one stands where the block before it does."""
    if not before and span.start:
        before = at(document, Span(span.path, span.start - 1, span.start))
    if len(before) > _MAX_PLACES:
        first, last = _first_origin(before[0]).place, _first_origin(before[-1]).place
        return Origin(document.source, f"{first} to {last}" if first != last else first)
    told = [block for block in before if plain(block).strip()] or before  # page breaks come and go
    origins = [origin for block in told if (origin := _first_origin(block)).place]
    result = Origin(document.source, "")
    for origin in origins:
        result = result.joined(origin)
    if not result.place:
        result = Origin(document.source, "the whole document" if span.path == TOP else "a note")
    return result


_MAX_PLACES = 4
"""Places that are named one by one; of more, the first and the last."""


def _first_origin(block: Block) -> Origin:
    if block.origin.place:
        return block.origin
    inner = (_first_origin(child) for sequence in sequences_of(block) for child in sequence)
    return next((origin for origin in inner if origin.place), block.origin)


class _Taken:
    """The places that the edits of one round have taken, so that no two overlap or nest."""

    def __init__(self) -> None:
        self._blocks: set[tuple[Path, int]] = set()  # blocks that are replaced
        self._parents: set[tuple[Path, int]] = set()  # blocks that hold a replaced one
        self._gaps: set[tuple[Path, int]] = set()  # places where something is inserted

    def overlaps(self, span: Span) -> bool:
        if self._blocks & set(self._ancestors(span.path)):
            return True
        if span.start == span.stop:
            return (span.path, span.start) in self._gaps
        own = {(span.path, index) for index in range(span.start, span.stop)}
        return bool(own & (self._blocks | self._parents))

    def add(self, span: Span) -> None:
        self._parents.update(self._ancestors(span.path))
        if span.start == span.stop:
            self._gaps.add((span.path, span.start))
        self._blocks.update((span.path, index) for index in range(span.start, span.stop))

    @staticmethod
    def _ancestors(path: Path) -> Iterable[tuple[Path, int]]:
        return ((path[:length], path[length]) for length in range(1, len(path), 2))
