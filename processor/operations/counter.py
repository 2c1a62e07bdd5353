"""The counter: a walk-in or paper request, asked question by question, filed like any other, with its receipt.

Every answer is sealed as soon as it is given: whatever ends the dialogue, the next one offers to go on. Nothing that
was said reaches the disk unsealed.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from processor.cases import office_keys
from processor.cases.case_file import duplicate_finding
from processor.cases.staff import Staff
from processor.foundation import form_definition, indonesian_dates
from processor.foundation.errors import PayungError
from processor.foundation.form_definition import Question
from processor.foundation.settings import Settings
from processor.foundation.yaml_writer import visible_text
from processor.operations import counter_answers, counter_filing, referrals
from processor.operations.act_journal import Person
from processor.operations.counter_drafts import FOLDER, Draft, Drafts
from processor.operations.office import Office

Ask = Callable[[str], str]
"""Shows a prompt, gives the line that the person typed. Raises EOFError or KeyboardInterrupt when they leave."""
Say = Callable[[str], None]

_WAIT = 60.0  # seconds for a pass that is under way, even one that builds the site: somebody stands at the counter
_END = "."
_YES = ("", "y", "ya")
_SHOWN = 300  # letters of an answer in the summary
_LISTED = 20  # options up to which they are put with their numbers


def officer(settings: Settings, word: str) -> str:
    """Give the short name of the officer that ``word`` means; for "" the only pengelola layanan.

    Raises:
        PayungError: When it means none.
    """
    known = Staff(settings.petugas)
    intake = [key for key, one in settings.petugas.items() if "pengelola_layanan" in one.peran]
    key = known.key(word) if word else intake[0] if len(intake) == 1 else ""
    if not key or (known.officers and key not in known.officers):
        names = ", ".join(known.officers) or "nama petugas"
        raise PayungError(f"Tulis petugasnya: --oleh, lalu nama pendek di payung.yaml ({names}).")
    return key


def receive(office: Office, by: str, ask: Ask, say: Say, paper: date | None = None) -> str:
    """Ask for a request, file it, and say where the receipt lies.

    Args:
        office: The open office.
        by: The short name of the officer who receives it.
        ask: Shows a prompt and gives the line that is typed.
        say: Shows a line.
        paper: The day on which a paper form came in, in the office's zone; None when it is told at the counter.

    Returns:
        The registration number.

    Raises:
        PayungError: When that day is still to come.
    """
    check_paper(office, paper)
    drafts = drafts_of(office)
    dialogue = _Dialogue(office, by, ask, say, drafts)
    for key in drafts.left():
        with drafts.held(key) as ours:
            draft = dialogue.resumed(key) if ours else None
            if draft:
                return dialogue.finish(draft)
    new = begun(office, by, paper)
    with drafts.held(new.key):
        return dialogue.finish(new)


def drafts_of(office: Office) -> Drafts:
    """Open what the counter has not filed yet."""
    keys = office_keys.load(office.settings.key_file, office.settings.recipients)
    return Drafts(office.register.folder / FOLDER, keys)


def check_paper(office: Office, paper: date | None) -> None:
    """Raise PayungError where the day on which a paper form came in is still to come."""
    if paper and paper > office.now().date():
        raise PayungError(
            f"Tanggal {indonesian_dates.tanggal(paper)} belum tiba. Tulis hari formulir kertas itu diterima."
        )


def begun(office: Office, by: str, paper: date | None = None, channel: str = "") -> Draft:
    """Give a new draft, which lies nowhere yet."""
    return Draft(uuid.uuid4().hex, by, office.now().isoformat(), paper.isoformat() if paper else "", channel=channel)


def refer(office: Office, by: str, kind: str, place: str, ask: Ask, say: Say) -> None:
    """Record that a matter of ``kind`` was sent elsewhere; where to is asked when ``place`` is "".

    Raises PayungError when the place holds what could tell a person.
    """
    usual = referrals.PLACES[kind]
    if not place:
        say(f"Biasanya: {usual}." if usual else "Tulis tempatnya saja, tanpa identitas siapa pun.")
        place = ask("Dirujuk ke mana? " + "[Enter: seperti di atas] " * bool(usual)).strip() or usual
    record_referral(office, by, kind, place)
    year = office.now().year
    counts = referrals.yearly_counts(office.register, year)
    say(f"Dicatat tanpa identitas. Rujukan tahun {year}: {sum(counts.values())}")
    for one, number in sorted(counts.items()):
        say(f"  {one.replace('_', ' ')}: {number}")


def record_referral(office: Office, by: str, kind: str, place: str) -> None:
    """Keep that a matter of ``kind`` was sent elsewhere, by "" to where such matters usually go.

    Raises PayungError when there is no usual place, or the place holds what could tell a person; Busy.
    """
    with office.register.lock(_WAIT):
        referrals.record(office.register, kind, place or referrals.PLACES[kind], by, office.now())


class _Dialogue:
    """One dialogue: with whom, about which draft."""

    def __init__(self, office: Office, by: str, ask: Ask, say: Say, drafts: Drafts) -> None:
        self._office, self._by, self._ask, self._say, self._drafts = office, by, ask, say, drafts
        self._questions = tuple(counter_answers.asked(office.form.pertanyaan))

    def resumed(self, key: str) -> Draft | None:
        """Take up a draft from before, if the officer wants to go on with it; on their word it is thrown away."""
        try:
            draft = self._drafts.read(key)
        except PayungError as error:
            self._say(str(error))
            return None
        while True:
            reply = self._ask(f"Lanjutkan isian yang belum selesai? {self._about(draft)} [Y/t/hapus] ").strip().lower()
            if reply in _YES:
                return draft
            if reply == "hapus":
                self._drafts.discard(key)
            if reply in {"t", "tidak", "hapus"}:
                return None

    def _about(self, draft: Draft) -> str:
        """Say what tells one draft from another, without telling whose it is."""
        service = self._office.settings.layanan
        begun = indonesian_dates.waktu(datetime.fromisoformat(draft.begun), service.zone, service.zona_singkat)
        paper = f"kertas {indonesian_dates.tanggal(date.fromisoformat(draft.paper))}, " if draft.paper else ""
        done = sum(question.kunci in draft.answers for question in self._questions)
        return f"({paper}{draft.by}, {begun}, {done} dari {len(self._questions)} terjawab)"

    def finish(self, draft: Draft) -> str:
        """Ask what is open, let the officer read all of it over, file it and hand out the receipt; its number."""
        self._draft = draft
        try:
            if not draft.sent:
                self._complete()
        except (EOFError, KeyboardInterrupt):
            self._say("\nBelum didaftarkan. Isian tersimpan tersegel; lanjutkan dengan payung terima.")
            raise
        outcome = counter_filing.take_in(self._office, Person(self._by), self._draft)
        self._say(f"\n{outcome.number} {'didaftarkan' if outcome.kind == 'baru' else 'sudah terdaftar'}.")
        counter_filing.put_away(self._office, self._drafts, draft.key)
        for number in outcome.possible_duplicates:
            self._say(duplicate_finding(number))
        self._say(counter_filing.receipt_of(self._office, outcome.number))
        return outcome.number

    def _complete(self) -> None:
        """Ask what has no answer yet, a half written one first; then again whatever the officer wants to change."""
        half, answers = self._draft.half, self._draft.answers
        todo = [question for question in self._questions if question.kunci in half or question.kunci not in answers]
        for question in sorted(todo, key=lambda question: question.kunci not in half):
            self._answer(question)
        self._show()
        while (reply := self._ask("Sudah benar? [Y, atau nomor yang diubah] ").strip().lower()) not in _YES:
            if reply.isdecimal() and 1 <= int(reply) <= len(self._questions):
                self._answer(self._questions[int(reply) - 1])
                self._show()
            else:
                self._say(f"Ketik Y bila benar, atau nomor 1 sampai {len(self._questions)}.")
        self._keep(replace(self._draft, sent=self._office.now().isoformat(timespec="seconds")))

    def _keep(self, draft: Draft) -> None:
        """Let ``draft`` lie on the desk, sealed."""
        self._draft = self._drafts.keep(draft)

    def _answer(self, question: Question) -> None:
        """Ask one question until its answer is in order, or the officer lets it be."""
        self._say("\n" + "\n".join(self._put(question)))
        told = False
        while True:
            answer, known = self._read(question), self._draft.answers
            known = {**known, question.kunci: answer or known.get(question.kunci, "")}
            self._keep(replace(self._draft, answers=known, half={}))
            wrong = self._wrong(question)
            if not wrong or (told and not answer):
                return
            nothing = f"titik ({_END}) saja" if question.jenis == "paragraf" else "Enter"
            self._say("\n".join((*wrong, f"   Ketik ulang, atau {nothing} untuk membiarkannya.")))
            told = True

    def _put(self, question: Question) -> Iterator[str]:
        """Write a question as it is put: its terms, help and options, and how a long answer ends."""
        yield f"{self._questions.index(question) + 1}. {question.judul}{'' if question.wajib else ' (opsional)'}"
        if question.jenis == "persetujuan":
            terms = self._office.form.ketentuan.butir
            yield from (f"   ({count}) {term}" for count, term in enumerate(terms, start=1))
        elif question.bantuan:
            yield f"   {question.bantuan}"
        if len(question.pilihan) > _LISTED:
            yield f"   Ketik kode atau namanya, seperti di payung.yaml ({len(question.pilihan)} unit)."
        else:
            yield from (f"   {count} = {text}" for count, text in enumerate(question.pilihan.values(), start=1))
        if question.jenis == "paragraf":
            yield f"   Boleh beberapa baris. Selesai: ketik titik ({_END}) sendirian, lalu Enter."
        half = self._draft.half.get(question.kunci, "")
        if half.strip():
            yield f"   Sudah tertulis; teruskan di bawahnya:\n{visible_text(half)}"

    def _read(self, question: Question) -> str:
        """Read an answer as it is typed; of an option its key, by its number or its words."""
        if question.jenis == "paragraf":
            return self._lines(question)
        text = " ".join(self._ask("> ").split("\n")).strip()
        options = list(question.pilihan)
        by_number = text not in options and len(options) <= _LISTED and text.isdecimal()
        if by_number and 1 <= int(text) <= len(options):
            return options[int(text) - 1]
        return counter_answers.in_order(question, text)

    def _lines(self, question: Question) -> str:
        """Read a long answer, sealed line by line; it goes on where it was broken off."""
        text = self._draft.half.get(question.kunci, "")
        while (line := self._ask("| ")).strip() != _END:
            text += f"{line}\n"
            self._keep(replace(self._draft, half={question.kunci: text}))
        return text.strip()

    def _wrong(self, question: Question) -> list[str]:
        """Give what the verifier will find in an answer, by the form's own check."""
        answer, today = self._draft.answers[question.kunci], self._office.now().date()
        return [f"   ! {problem.sentence}" for problem in form_definition.mistakes(question, answer, today)]

    def _show(self) -> None:
        """Show every answer in short, with what is wrong with it."""
        self._say("")
        for number, question in enumerate(self._questions, start=1):
            answer = self._draft.answers[question.kunci]
            text = " ".join(visible_text(question.pilihan.get(answer, answer)).split()) or "(kosong)"
            short = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(answer)} huruf)"
            self._say("\n".join([f"{number:>2}. {question.judul}: {short}", *self._wrong(question)]))
