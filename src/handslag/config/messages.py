"""Translation catalogues without the gettext programs: what is said in code and templates, and the .mo files.

Each folder with a `locale/` owns the catalogue of what is said in it, down to the next folder that has its own.
`handslag messages` writes what is new into the Swedish catalogues (with empty translations, which a test refuses) and
compiles them. English is the language of the code, so it needs no catalogue.
"""

import ast
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parents[1]
LANGUAGE = "sv"
CATALOGUE = f"locale/{LANGUAGE}/LC_MESSAGES/django.po"

# Where in a call the words stand: singular, plural, context. `_` is gettext under its usual short name.
PLAIN, PLURAL, IN_CONTEXT, PLURAL_IN_CONTEXT = (0, None, None), (0, 1, None), (1, None, 0), (1, 2, 0)
CALLS: dict[str, tuple[int, int | None, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), IN_CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), PLURAL_IN_CONTEXT),
}
# Errors that are told to people carry templates: the first argument, and `do`.
ERRORS = {"HandslagError", "BadInput", "Refused", "NotFound", "Conflict"}
TEMPLATE_CALLS = {
    "gettext": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One text: English, its plural if it has one, the context that keeps two meanings apart, and where it stands."""

    text: str
    plural: str | None
    context: str | None
    file: str

    @property
    def id(self) -> str | tuple[str, str]:
        return (self.text, self.plural) if self.plural is not None else self.text


def folders(source: Path = SOURCE) -> list[Path]:
    """Every folder that owns a catalogue."""
    return sorted(path.parent for path in source.rglob("locale") if path.is_dir())


def extract(folder: Path, source: Path = SOURCE) -> list[Said]:
    """All texts of a folder in the order of its files, each once."""
    found: dict[tuple[str | None, str], Said] = {}
    for path in _own_files(folder):
        name = path.relative_to(source.parent.parent if source.parent.name == "src" else source).as_posix()
        for said in _of_template(path, name) if path.suffix in (".html", ".txt") else _of_code(path, name):
            known = found.get((said.context, said.text))
            if known is None or (known.plural is None and said.plural is not None):
                found[said.context, said.text] = said
    return list(found.values())


def update(folder: Path) -> Catalog:
    """Write the folder's catalogue anew: known translations are kept, texts no longer said are dropped."""
    path = folder / CATALOGUE
    old = read(folder)
    fresh = Catalog(locale=LANGUAGE, charset="utf-8", fuzzy=False)
    for said in extract(folder):
        known: Any = old.get(said.text, said.context)
        string = known.string if known and bool(known.pluralizable) == (said.plural is not None) else ""
        fresh.add(said.id, string, locations=[(said.file, None)], context=said.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, fresh, width=110, omit_header=True, include_lineno=False)
    path.write_text(_header() + out.getvalue().decode(), "utf-8")
    return fresh


def read(folder: Path) -> Catalog:
    """The folder's catalogue as it stands; empty where there is none."""
    path = folder / CATALOGUE
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def compile_all(source: Path = SOURCE) -> int:
    """Write every .mo file; the answer is the number of catalogues."""
    done = 0
    for folder in folders(source):
        po = folder / CATALOGUE
        if po.exists():
            # A running product may read it just now: it sees the old one whole, or the new one whole.
            half = po.with_suffix(".mo.new")
            with half.open("wb") as file:
                write_mo(file, read(folder))
            half.replace(po.with_suffix(".mo"))
            done += 1
    return done


def main(arguments: list[str] | None = None) -> int:
    """The command `handslag messages`: extract and compile; with `--compile` only compile; names limit the folders."""
    arguments = sys.argv[1:] if arguments is None else arguments
    names = [one for one in arguments if not one.startswith("-")]
    if "--compile" not in arguments:
        for folder in folders():
            if names and not any(folder.as_posix().endswith(name.strip("/")) for name in names):
                continue
            catalogue = update(folder)
            missing = [message.id for message in catalogue if message.id and not _is_translated(message)]
            sys.stdout.write(
                f"{folder.relative_to(SOURCE)}: {len(catalogue)} texts, {len(missing)} without Swedish\n"
            )
            for text in missing:
                sys.stdout.write(f"    {text!r}\n")
    sys.stdout.write(f"{compile_all()} catalogues compiled\n")
    return 0


def _is_translated(message: Any) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _own_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if (
                path.name not in ("locale", "migrations", "static", "__pycache__")
                and not (path / "locale").is_dir()
            ):
                yield from _own_files(path)
        elif path.suffix in (".py", ".html", ".txt"):
            yield path


def _of_template(path: Path, name: str) -> Iterator[Said]:
    from django.utils.translation.template import templatize

    # What is left of the template is filler; its indentation means nothing to the reader of Python.
    code = "\n".join(line.strip() for line in templatize(path.read_text("utf-8"), origin=name).splitlines())
    for _line, call, words, _comments in extract_python(BytesIO(code.encode()), list(TEMPLATE_CALLS), (), {}):
        words = words if isinstance(words, tuple) else (words,)
        context = words[0] if call in ("pgettext", "npgettext") else None
        texts = words[1:] if context is not None else words
        if texts and texts[0]:
            yield Said(texts[0], texts[1] if call.startswith("n") else None, context, name)


def _of_code(path: Path, name: str) -> Iterator[Said]:
    errors = error_names()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in CALLS:
            at, plural_at, context_at = CALLS[called]
            text = _text(node.args, at)
            if text:
                yield Said(text, _text(node.args, plural_at), _text(node.args, context_at), name)
        elif called in errors or _calls_parent(node):
            named = {one.arg: one.value for one in node.keywords}
            for value in (*node.args[:1], named.get("what"), named.get("do")):
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    yield Said(value.value, None, None, name)


def _calls_parent(node: ast.Call) -> bool:
    """`super().__init__("words", ...)`: how an error with fixed words says them."""
    function = node.func
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "__init__"
        and isinstance(function.value, ast.Call)
        and getattr(function.value.func, "id", "") == "super"
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and " " in node.args[0].value
    )


@lru_cache(maxsize=1)
def error_names() -> frozenset[str]:
    """The names of all errors that are told to people: the foundation's and whatever inherits from them."""
    bases: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        with contextlib.suppress(SyntaxError):  # such a file stops its own folder, not every other
            tree = ast.parse(path.read_text("utf-8"))
            for node in (one for one in ast.walk(tree) if isinstance(one, ast.ClassDef)):
                names = {
                    base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
                    for base in node.bases
                }
                bases.setdefault(node.name, set()).update(names)
    known = set(ERRORS)
    while more := {name for name, parents in bases.items() if parents & known} - known:
        known |= more
    return frozenset(known)


def _text(arguments: list[ast.expr], at: int | None) -> str | None:
    if at is None or at >= len(arguments):
        return None
    value = arguments[at]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _header() -> str:
    return (
        'msgid ""\nmsgstr ""\n"Language: sv\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )


if __name__ == "__main__":
    sys.exit(main())
