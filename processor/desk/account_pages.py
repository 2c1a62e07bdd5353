"""What officers see and change of their own account at the desk: sessions, passphrase and second factor."""

import io
from collections.abc import Callable
from functools import partial

import segno

from processor.desk.page_table import Page
from processor.desk.sessions import Sessions, SignedIn
from processor.desk.visit import Elsewhere, NoSuchPage, Sent, Visit, rendered
from processor.operations import account_journal, desk_accounts, desk_sign_in
from processor.operations.desk_accounts import Account, Accounts

_OTHER = "Kata sandi yang sekarang tidak cocok. Tulis lagi."
_CODE = "Kodenya tidak cocok. Pindai ulang gambarnya bila perlu, lalu tulis kode yang sedang tampil."


def pages(accounts: Accounts, sessions: Sessions) -> tuple[Page, ...]:
    """Make the pages of an officer's own account; the first that fits an address stands there."""
    begun: dict[str, str] = {}  # secrets of second factors that are not confirmed yet, by session
    own = partial(Page, view="akun")
    return (
        own("akun", partial(_account_page, accounts, sessions), partial(_act, accounts, sessions, begun)),
        own("akun/faktor-kedua", partial(_factor_page, begun), partial(_confirm, accounts, begun)),
        own("akun/faktor-kedua.svg", partial(_code_picture, begun)),
        own("keluar", None, partial(_sign_out, sessions)),
    )


def _account_page(accounts: Accounts, sessions: Sessions, visit: Visit, wrong: str = "") -> str:
    """Make the page of an officer's own account."""
    account = accounts.all().get(visit.me, Account())
    resets = account_journal.resets(visit.office, visit.me, account)
    return rendered(
        "akun.html", visit, account=account, resets=resets, sessions=sessions.of(visit.me), own=visit.token, wrong=wrong
    )


def _act(accounts: Accounts, sessions: Sessions, begun: dict[str, str], visit: Visit) -> Elsewhere | str:
    """Do what one of the forms of that page asks for."""
    acts: dict[str, Callable[[], str]] = {
        "akhiri": partial(_end, sessions, visit),
        "akhiri-semua": partial(_end_all, accounts, visit),
        "kata-sandi": partial(_change_passphrase, accounts, visit),
        "tanpa-faktor-kedua": partial(_drop_factor, accounts, visit),
        "faktor-kedua": partial(_begin_factor, begun, visit),
    }
    act = acts.get(visit.posted.text("lakukan"))
    if act is None:
        raise NoSuchPage("Tidak ada yang dapat dilakukan dengan nama itu di halaman ini.")
    if wrong := act():
        return _account_page(accounts, sessions, visit, wrong)
    return Elsewhere(visit.link("akun/faktor-kedua" if visit.token in begun else "akun"))


def _end(sessions: Sessions, visit: Visit) -> str:
    """End one session of the officer."""
    sessions.end(visit.me, visit.posted.text("sesi"))
    return ""


def _end_all(accounts: Accounts, visit: Visit) -> str:
    """End every session of the officer, this one as well."""
    accounts.change(visit.me, desk_accounts.ending_sessions)
    return ""


def _change_passphrase(accounts: Accounts, visit: Visit) -> str:
    """Set another passphrase, which ends every session; say what is wrong."""
    new = visit.posted.secret("baru")
    if wrong := desk_sign_in.weakness(new, visit.posted.secret("ulangi"), visit.me):
        return wrong
    changed = desk_sign_in.change_passphrase(accounts, visit.me, visit.posted.secret("kata_sandi"), new)
    return "" if changed else _OTHER


def _drop_factor(accounts: Accounts, visit: Visit) -> str:
    """Let the passphrase be enough again; say what is wrong."""
    dropped = desk_sign_in.drop_second_factor(accounts, visit.me, visit.posted.secret("kata_sandi"))
    return "" if dropped else _OTHER


def _begin_factor(begun: dict[str, str], visit: Visit) -> str:
    """Make a second factor that the next page shows."""
    begun[visit.token] = desk_sign_in.begin_second_factor()
    return ""


def _secret(begun: dict[str, str], visit: Visit) -> str:
    """Give the second factor that this session began. Raises NoSuchPage where there is none."""
    if visit.token not in begun:
        raise NoSuchPage("Tidak ada faktor kedua yang sedang disiapkan. Mulailah dari halaman Akun.")
    return begun[visit.token]


def _factor_page(begun: dict[str, str], visit: Visit, wrong: str = "") -> str:
    """Make the page on which a second factor is set up."""
    return rendered("faktor.html", visit, secret=_secret(begun, visit), codes=(), wrong=wrong)


def _confirm(accounts: Accounts, begun: dict[str, str], visit: Visit) -> Sent | str:
    """Let the second factor count once a code of it was given, and show the recovery codes, this once."""
    secret = _secret(begun, visit)
    codes = desk_sign_in.set_second_factor(accounts, visit.me, secret, visit.posted.text("kode"), visit.office.now())
    if not codes:
        return _factor_page(begun, visit, _CODE)
    del begun[visit.token]
    page = rendered("faktor.html", visit, secret="", codes=codes, wrong="")
    return Sent(page.encode(), "text/html; charset=utf-8")


def _code_picture(begun: dict[str, str], visit: Visit) -> Sent:
    """Draw the QR code of the second factor; the policy allows pictures of our own address only."""
    address = desk_sign_in.second_factor_address(_secret(begun, visit), visit.me, visit.office.settings.instansi.nama)
    drawn = io.BytesIO()
    segno.make(address).save(drawn, kind="svg", scale=5, border=4, light="#fff")
    return Sent(drawn.getvalue(), "image/svg+xml")


def _sign_out(sessions: Sessions, visit: Visit) -> Elsewhere:
    """End the session from which this is posted; what its cookie holds opens nothing any more."""
    own = next((one for one in sessions.of(visit.me) if _is_this(one, visit)), None)
    if own:
        sessions.end(visit.me, own.key)
    return Elsewhere("/masuk")


def _is_this(session: SignedIn, visit: Visit) -> bool:
    """Tell whether a session is the one that asks."""
    return session.token == visit.token
