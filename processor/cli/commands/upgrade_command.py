"""The command that brings a newer version of the program into an office's folder, and takes it back."""

import argparse
import sys
from collections.abc import Sequence

from processor.cases import register_version
from processor.cli import upgrade_text
from processor.cli.commands import dialogue
from processor.cli.commands.context import MENDS_NEEDED, chosen_settings, print_text_or_json
from processor.cli.commands.options import add_json
from processor.foundation.yaml_transfer import Place
from processor.operations.upgrade import upgrade_plan, upgrade_steps
from processor.operations.upgrade.merged_files import KeyQuestion
from processor.operations.upgrade.upgrade_plan import UpgradePlan


def perbarui_options(parser: argparse.ArgumentParser) -> None:
    """Add what ``payung perbarui`` takes."""
    add_json(parser)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--ya", action="store_true", help="kerjakan rencananya tanpa bertanya")
    act.add_argument("--kembalikan", action="store_true", help="kembalikan semua berkas seperti sebelum diperbarui")


def perbarui(args: argparse.Namespace) -> int:
    """Run ``payung perbarui``: show the plan and, once somebody agreed, carry it out; or take the last one back."""
    found = chosen_settings(args)
    register_version.check(found.register)
    if args.kembalikan:
        names = upgrade_steps.take_back(found)
        text = f"{len(names)} berkas dikembalikan seperti sebelum diperbarui."
        print_text_or_json(text, {"dikembalikan": list(names)}, args)
        return 0
    begun = upgrade_steps.begun_from(found)
    plan = upgrade_plan.make_plan(found, begun_from=begun)
    asks = sys.stdin.isatty() and not args.json and not args.ya
    if asks:
        print(upgrade_text.plan_text(plan))
        if plan.questions:
            plan = upgrade_plan.make_plan(found, _answers(plan.questions), begun)
    agreed = bool(plan.writes) and (args.ya or (asks and dialogue.ask_yes("\nKerjakan sekarang?")))
    if agreed:
        upgrade_steps.carry_out(found, plan)
    said = [] if asks else [upgrade_text.plan_text(plan)]
    print_text_or_json("\n".join([*said, *_ending(plan, done=agreed)]), upgrade_text.plan_data(plan, done=agreed), args)
    return _exit_code(plan)


def _answers(questions: Sequence[KeyQuestion]) -> dict[tuple[str, Place], bool]:
    """Ask a person about each key that both changed; whoever presses Enter keeps the office's."""
    print("\nPilih untuk tiap isian: Enter = tetap milik Anda, b = pakai yang baru.")
    return {(one.name, one.change.place): _takes_new(one) for one in questions}


def _takes_new(question: KeyQuestion) -> bool:
    try:
        return dialogue.ask_line(f"{upgrade_text.question_text(question)}\n  [Enter/b] ").strip().lower() in {
            "b",
            "baru",
        }
    except EOFError:
        return False


def _ending(plan: UpgradePlan, *, done: bool) -> list[str]:
    """Say what was done, and what comes next."""
    if not plan.writes:
        return []
    if not done:
        return ["", "Belum ada yang ditulis. Kerjakan: payung perbarui --ya"]
    lines = ["", f"Selesai: {len(plan.writes)} berkas ditulis. Mengembalikan semuanya: payung perbarui --kembalikan"]
    if any(one.kind == "samping" for one in plan.changes):
        lines.append(
            f"Bandingkan {upgrade_plan.DIFFERENCES} dengan berkas Anda, ambil yang perlu, lalu hapus folder "
            f"{upgrade_plan.ASIDE}."
        )
    if any(one.name.startswith("forms/") for one in plan.writes):
        lines.append(
            "Formulir berubah: ulangi payung formulir google bila Anda memakainya, dan cetak lagi formulir kertas."
        )
    return [*lines, "Sesudah ini: payung periksa, lalu payung terbitkan."]


def _exit_code(plan: UpgradePlan) -> int:
    """Tell whether a person has something to look at."""
    needed = plan.questions or any(one.kind in {"samping", "usang", "tidak_dikenal"} for one in plan.changes)
    return MENDS_NEEDED if needed else 0
