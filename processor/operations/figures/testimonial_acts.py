"""What officers do with testimonials: write one down, approve it as a second person, withdraw it; all journalled."""

from collections.abc import Iterator
from datetime import date

from processor.cases import testimonials
from processor.cases.records import Event
from processor.cases.staff import Staff, meant
from processor.cases.testimonials import APPROVED, FOLDER, WITHDRAWN, FiledTestimonial, Testimonial
from processor.foundation import atomic_files, disk_errors, yaml_reader, yaml_writer
from processor.foundation.errors import BrokenFiles, PayungError, Problem
from processor.operations import side_journal
from processor.operations.act_journal import Person
from processor.operations.office import Office

_WAIT = 10.0
_HEAD = "# yaml-language-server: $schema=../.payung/testimoni.schema.json\n# Tanpa nama orang, perkara, dan tempat.\n"


def read(office: Office) -> tuple[FiledTestimonial, ...]:
    """Read every testimonial. Raises OSError where the disk refuses."""
    return testimonials.read(office.register.folder, office.now().date())


def mistakes(office: Office) -> Iterator[Problem]:
    """Give what somebody must mend."""
    try:
        for one in read(office):
            yield from one.problems
        yield from testimonials.journal_problems(office.register.folder)
    except OSError as error:
        yield Problem(str(office.register.folder / FOLDER), None, disk_errors.sentence(error))


def add(office: Office, by: Person, words: str, who: str, consent: date, paper: str) -> str:
    """Write a testimonial down; give its name.

    Args:
        office: The open office.
        by: The officer who writes it; somebody else must approve it.
        words: What is said.
        who: Whose words they are, in general.
        consent: The day of the written consent.
        paper: Where that lies.

    Raises:
        BrokenFiles: With everything that is wrong with it; then nothing was written.
    """
    given = {"tanggal": consent.isoformat(), "naskah": paper}
    data = {"kutipan": words, "sebagai": who, "persetujuan": given, "penulis": by.officer}
    folder, text = office.register.folder / FOLDER, _HEAD + yaml_writer.dump(data)
    with office.register.lock(_WAIT):
        names = (f"{consent}{f'-{count}' if count > 1 else ''}" for count in range(1, 1000))
        name = next(one for one in names if not (folder / f"{one}.yaml").exists())
        document = yaml_reader.parse(folder / f"{name}.yaml", text)
        one, problems = yaml_reader.validate(Testimonial, document)
        problems = (*problems, *(testimonials.mistakes(document, one, office.now().date()) if one else ()))
        if problems:
            raise BrokenFiles(tuple(problems))
        atomic_files.make_folder(folder)
        atomic_files.replace(document.path, text.encode())
        _note(office, by, "ditulis", name, {})
    return name


def approve(office: Office, by: Person, name: str, seen: str = "") -> None:
    """Let a testimonial stand on the site from the next publication of figures on.

    Args:
        office: The open office.
        by: The second officer.
        name: Of the testimonial.
        seen: The digest of the words that they were shown; "" for the words that stand there now.

    Raises:
        PayungError: There is none of this name, it was changed since it was shown, its writer is no officer, or
            approves it.
        BrokenFiles: Something in it must be mended first.
    """
    with office.register.lock(_WAIT):
        found = _named(office, name)
        if found.testimonial is None or found.problems:
            raise BrokenFiles(found.problems)
        if seen and found.testimonial.digest != seen:
            raise PayungError("Kata-katanya berubah sejak halaman ini Anda buka. Baca lagi. Belum ada yang berubah.")
        staff = Staff(office.settings.petugas)
        writer = staff.key(found.testimonial.penulis)
        if staff.officers and writer not in staff.officers:
            raise PayungError(f"Penulis “{writer}” bukan petugas. {meant(writer, staff)} Belum ada yang berubah.")
        if writer == staff.key(by.officer):
            raise PayungError("Yang mencatat tidak menyetujui: mintalah petugas lain. Belum ada yang berubah.")
        _note(office, by, APPROVED, name, {"sidik": found.testimonial.digest})


def withdraw(office: Office, by: Person, name: str) -> None:
    """Take a testimonial off the site, with the next time that it is built. Raises PayungError as ``approve``."""
    with office.register.lock(_WAIT):
        _named(office, name)
        _note(office, by, WITHDRAWN, name, {})


def _named(office: Office, name: str) -> FiledTestimonial:
    found = next((one for one in read(office) if one.name == name), None)
    if found is None:
        raise PayungError(f"Testimoni {name} tidak ada. Lihat namanya dengan payung testimoni.")
    return found


def _note(office: Office, by: Person, kind: str, name: str, data: dict[str, str]) -> None:
    account = {"akun": by.account} if by.account else {}
    event = Event(kind, office.now(), by.officer or by.account, {"nama": name, **data, **account})
    side_journal.append(office.register, FOLDER, event)
