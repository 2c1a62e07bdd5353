"""Small faults planted into a module's source, one at a time: each is a question whether a test would notice."""

import ast
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_OPPOSITE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_COUNTERPART = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "frozenset": "list"}
_SPELLING = {"strip", "rstrip", "casefold", "lower", "upper"}
_Place = ast.expr | ast.stmt


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module's source with one fault: ``text`` instead of the bytes from ``start`` to ``end``."""

    line: int
    start: int
    end: int
    text: str

    def of(self, source: str) -> str:
        """The whole source with the fault."""
        content = source.encode()
        return (content[: self.start] + self.text.encode() + content[self.end :]).decode()

    def compiles(self, source: str) -> bool:
        """Whether Python takes the source with the fault."""
        try:
            compile(self.of(source), "mutant", "exec")
        except (SyntaxError, ValueError):
            return False
        return True

    def lines(self, source: str) -> tuple[str, str]:
        """The first line of ``source`` that the fault changes, and how it reads then; without indentation."""
        old, new = source.splitlines(), self.of(source).splitlines()
        at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), self.line - 1)
        return old[at].strip(), new[at].strip() if at < len(new) else ""


def mutants(source: str) -> list[Mutant]:
    """Every fault that can be planted into ``source``, in its order, none twice. A few do not compile."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    made: dict[Mutant, None] = {}
    for place, text in _faults(ast.parse(source)):
        start = starts[place.lineno - 1] + place.col_offset
        end = starts[(place.end_lineno or 0) - 1] + (place.end_col_offset or 0)
        made[Mutant(place.lineno, start, end, text)] = None
    return sorted(made, key=lambda one: (one.start, one.end, one.text))


def _faults(tree: ast.AST) -> Iterator[tuple[_Place, str]]:
    """The places in a module, each with what may stand there instead."""
    for node in _nodes(tree):
        for changed in _changed(node):
            yield node, changed if isinstance(changed, str) else _written(changed)
        if isinstance(node, (ast.If, ast.IfExp)):
            yield from ((node.test, word) for word in ("True", "False"))
        elif isinstance(node, ast.While):
            yield node.test, "False"


def _written(changed: ast.expr) -> str:
    """An expression as it may stand anywhere."""
    return ast.unparse(changed) if isinstance(changed, (ast.Constant, ast.JoinedStr)) else f"({ast.unparse(changed)})"


def _nodes(root: ast.AST) -> Iterator[_Place]:
    """The nodes of which a fault can be made: no type, decorator or docstring, and nothing within an f-string."""
    for child in _followed(root):
        if isinstance(child, (ast.expr, ast.stmt)):
            yield child
        if not isinstance(child, ast.JoinedStr):
            yield from _nodes(child)


def _followed(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that run when the program runs."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            words = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            kind = (
                isinstance(child, ast.Subscript) and isinstance(child.value, ast.Name) and child.value.id == "Literal"
            )
            if isinstance(child, ast.AST) and not words and not kind:
                yield child


def _changed(node: _Place) -> Iterator[ast.expr | str]:
    """What may stand in the place of one node."""
    match node:
        case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case ast.Expr() | ast.Raise() | ast.AugAssign() | ast.Continue() | ast.Break() | ast.Delete():
            yield "pass"
        case ast.Call(ast.Name(name), arguments, words) if name in _COUNTERPART:
            yield ast.Call(ast.Name(_COUNTERPART[name]), arguments, [] if name == "sorted" else words)
        case ast.Call(ast.Attribute(value, name), [], []) if name in _SPELLING:
            yield value
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            yield from _unconditional(node)
        case ast.expr():
            yield from _reckoned(node)
        case _:
            pass


def _reckoned(node: ast.expr) -> Iterator[ast.expr]:
    """What may stand in the place of a comparison, a condition, a sum or a constant."""
    match node:
        case ast.Compare(left, operators, right):
            for n, operator in enumerate(operators):
                for other in _OPPOSITE[type(operator)]:
                    yield ast.Compare(left, [*operators[:n], other(), *operators[n + 1 :]], right)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            yield from (_all_but(n, operator, values) for n in range(len(values)))
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, operator, right) if type(operator) in _ARITHMETIC:
            yield ast.BinOp(left, _ARITHMETIC[type(operator)](), right)
        case ast.Constant(value):
            yield from _near(value)
        case ast.JoinedStr(values) if not any(
            isinstance(one, ast.Constant) and " " in str(one.value) for one in values
        ):
            yield from (ast.JoinedStr([*values[:n], *values[n + 1 :]]) for n in range(len(values)) if len(values) > 1)
        case _:
            pass


def _all_but(left_out: int, operator: ast.boolop, values: Sequence[ast.expr]) -> ast.expr:
    """A condition that forgets one of its parts."""
    rest = [*values[:left_out], *values[left_out + 1 :]]
    return rest[0] if len(rest) == 1 else ast.BoolOp(operator, rest)


def _near(value: object) -> Iterator[ast.expr]:
    """Other values near a constant. Sentences are for people, and tests need not quote them."""
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield from (ast.Constant(value + 1), ast.Constant(value - 1))
    elif isinstance(value, str) and " " not in value:
        yield ast.Constant(f"XX{value}")
    elif isinstance(value, bytes) and b" " not in value:
        yield ast.Constant(b"XX" + value)


def _unconditional(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> Iterator[ast.expr]:
    """A comprehension that forgets one of its conditions."""
    for n, part in enumerate(node.generators):
        for m in range(len(part.ifs)):
            made = copy.deepcopy(node)
            del made.generators[n].ifs[m]
            yield made
