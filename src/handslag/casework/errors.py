"""What casework refuses, named by the rule that would be broken."""

from django.utils.translation import gettext_noop

from handslag.foundation import public as foundation


class CaseNotFound(foundation.NotFound):
    """There is no such case, or the actor may not know of it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such case, or you may not see it.",
            do="Check the case number. If you need the case in an emergency, open it with a reason.",
        )


class PartNotFound(foundation.NotFound):
    """There is no such part of a case (a note, a document, a decision), or the actor may not see it."""

    def __init__(self, what: str) -> None:
        super().__init__(what, do="Go back to the case and choose again.")


class MoveRefused(foundation.Refused):
    """The state of the case does not allow the act."""

    def __init__(self, *, state: str) -> None:
        if state == "closed":
            super().__init__("The case is closed.", do="Open the case again before you do this.")
        else:
            super().__init__("The case is open already.", do="Go on working in it.")


class NotYours(foundation.Refused):
    """The actor has no part in the case that allows the act."""

    def __init__(self) -> None:
        super().__init__(
            "You may not do this in this case.", do="Ask the responsible case worker or the unit's manager."
        )


class CaseChangedMeanwhile(foundation.Conflict):
    """The case was changed after the actor read it."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed the case since you opened it.",
            do="Open the case again and see what has changed.",
        )


class NoteChangedMeanwhile(foundation.Conflict):
    """The draft was saved from another window. Both texts are kept here: `yours` and `theirs`.

    `version` is the one to save from next.
    """

    def __init__(self, *, yours: str, theirs: str, version: int) -> None:
        super().__init__(
            "The note was saved in another window after you opened it here. Both texts are kept.",
            where="body",
            do="Compare the two texts, join them and save again.",
        )
        self.yours = yours
        self.theirs = theirs
        self.version = version


class NoteIsSigned(foundation.Refused):
    """A signed note is never changed."""

    def __init__(self) -> None:
        super().__init__("The note is signed and cannot be changed.", do="Add a correction beside it.")


class FileTooLarge(foundation.BadInput):
    """The file is larger than the limit."""

    def __init__(self, *, most_megabytes: int) -> None:
        super().__init__(
            "The file is larger than {most} MB.",
            where="content",
            do="Send a smaller file, or divide it into several.",
            values={"most": most_megabytes},
        )


class FileIsEmpty(foundation.BadInput):
    """The file holds nothing."""

    def __init__(self) -> None:
        super().__init__("The file is empty.", where="content", do="Choose the file again.")


class FileTypeRefused(foundation.BadInput):
    """The content is not of a type that we take."""

    def __init__(self) -> None:
        super().__init__(
            "We cannot take this type of file.",
            where="content",
            do="Send a PDF, a photo (JPEG, PNG, HEIC, WebP), a Word or OpenDocument text, or plain text.",
        )


class FileCarriesMore(foundation.BadInput):
    """An office file with a program, or with another file inside it, which no scanner of ours looks into."""

    def __init__(self) -> None:
        super().__init__(
            "The document holds a program or another file inside it, and we cannot take such documents.",
            where="content",
            do="Save it as a PDF and send that; send what lies inside it as a file of its own.",
        )


class FileLies(foundation.BadInput):
    """The name says one type and the content is another."""

    def __init__(self, *, said: str, found: str) -> None:
        super().__init__(
            "The name of the file says {said}, but the content is {found}.",
            where="content",
            do="Give the file its right ending, or export it anew and send that.",
            values={"said": said, "found": found},
        )


class FileIsHarmful(foundation.BadInput):
    """The scanner found something harmful in the file."""

    def __init__(self) -> None:
        super().__init__(
            "The file was stopped because it may be harmful.",
            where="content",
            do="Do not open it. Make the file anew on another device, or hand it in on paper.",
        )


class NotCommunicated(foundation.Refused):
    """The party has not had the chance to answer before a decision against them (FL 25)."""

    def __init__(self) -> None:
        super().__init__(
            "The person has not been told of the material before the decision, or still has time to answer.",
            do="Communicate the material and wait for the answer, or record why that is obviously not needed.",
        )


class NoAppealRule(foundation.BadInput):
    """No rule tells how a decision with this ground may be challenged on the day."""

    def __init__(self, *, ground: str, day: str) -> None:
        super().__init__(
            "There is no rule for how a decision under {ground} may be challenged on {day}.",
            where="legal_ground",
            do="Choose another legal ground, or ask the rules officer to enter the rule.",
            values={"ground": ground, "day": day},
        )


class NotForAutomation(foundation.Refused):
    """Only a wholly favourable decision under a ground that allows it may be automated."""

    def __init__(self) -> None:
        super().__init__("This decision may not be made automatically.", do="Hand the case to a case worker.")


class CaseMayNotClose(foundation.Refused):
    """Something in the case is not finished. `hindrances` are stored sentences, one for each thing."""

    def __init__(self, hindrances: list[dict[str, object]]) -> None:
        super().__init__(
            "The case cannot be closed yet: {hindrances}",
            do="Finish what is left, then close the case.",
            values={"hindrances": " ".join(foundation.tell(one) for one in hindrances)},
        )
        self.hindrances = hindrances


class MaskingStopped(foundation.Refused):
    """What must not be shown could not be told for certain, so nothing is shown. `rule` says which rule failed."""

    def __init__(self, *, rule: str) -> None:
        super().__init__(
            "The copy was stopped: what must be hidden in it could not be told for certain.",
            do="Nothing has been given out. Try again, and tell the administrator if it happens again.",
        )
        self.rule = rule


class PassageMustStayHidden(foundation.Refused):
    """A rule hides the passage, and nobody may lift that in a copy."""

    def __init__(self) -> None:
        super().__init__(
            "This passage is hidden by a rule that nobody may lift in a copy.",
            do="Leave it hidden. If the rule is wrong here, ask the unit's lawyer before anything is given out.",
        )


class SecondReaderNeeded(foundation.Refused):
    """The one who masked a copy does not review it."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else than the one who masked the copy must read it through.",
            do="Ask a colleague or the manager of the unit.",
        )


class CopyChangedMeanwhile(foundation.Conflict):
    """A colleague masked the same copy meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has masked in this copy since you opened it.",
            do="Look at what stands now, and make your changes again.",
        )


class MaskingChanged(foundation.Refused):
    """Since the copy was masked, more has become known that must be hidden."""

    def __init__(self) -> None:
        super().__init__(
            "Since the copy was masked, more has become known that must be hidden in it.",
            do="Send it back and have it read through again. Nothing has been given out.",
        )


_NOT_DRAWN = {
    "locked": (
        gettext_noop("The paper is locked with a password, so nothing in it can be left out for certain."),
        gettext_noop("Ask who sent it for one without a password."),
    ),
    "too_many": (
        gettext_noop("The paper has {pages} pages. At most {most} can be gone through in one copy."),
        gettext_noop("Divide it into several papers, and make a copy of each."),
    ),
    "too_large": (
        gettext_noop("The paper is too large or too complicated to draw."),
        gettext_noop("Scan it again in black and white, or divide it."),
    ),
    "type": (
        gettext_noop("A paper of this type cannot be drawn page by page."),
        gettext_noop("Save it as PDF, JPEG or PNG and add that one."),
    ),
    "empty": (gettext_noop("The paper has no pages."), gettext_noop("Ask who sent it for it again.")),
    "broken": (
        gettext_noop(
            "The paper is broken and cannot be drawn, so nothing in it can be left out for certain."
        ),
        gettext_noop(
            "Nothing has been given out. Ask who sent it for it again, or mask it by hand on paper."
        ),
    ),
}


class PaperNotDrawn(foundation.Refused):
    """A paper cannot be drawn page by page; nothing of it is shown. `code` says why: locked, too_many, too_large, type, empty
    or broken; `pages` how many it has where that is what is wrong."""

    def __init__(self, *, code: str, pages: int = 0, most: int = 0) -> None:
        words, do = _NOT_DRAWN.get(code, _NOT_DRAWN["broken"])
        super().__init__(words, do=do, values={"pages": pages, "most": most})
        self.code, self.pages = code, pages


class PagesUnseen(foundation.Refused):
    """Somebody must have looked at every page, or left it out, before a copy goes on."""

    def __init__(self, pages: int) -> None:
        super().__init__(
            "{pages} pages have not been looked at yet.",
            do="Open each page: black what must not leave, or leave the page out.",
            values={"pages": pages},
        )


class ErasureNotFound(foundation.NotFound):
    """No such list or file of a list, or none that the actor may see."""

    def __init__(self) -> None:
        super().__init__("There is no such list, or you may not see it.", do="Open the lists again.")


class NotYourList(foundation.Refused):
    """The list is approved by the unit's manager, or by the administrator where the municipality has set so."""

    def __init__(self) -> None:
        super().__init__("You may not approve this list.", do="Ask the unit's manager.")


class SecondWeigherNeeded(foundation.Refused):
    """Whoever proposed that a child's wish is no longer followed does not agree to it as well."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else than the one who proposed it must agree.",
            do="Ask a colleague or the manager of the unit.",
        )


class ReadingNotYours(foundation.Refused):
    """Only a child of the age of the rule decides whether a guardian of theirs reads the record."""

    def __init__(self) -> None:
        super().__init__(
            "You cannot decide this here.", do="Ask us if you wonder who may read about you, and we help you."
        )


# gettext_noop marks the words for the catalogue; they are told in the reader's language later.
_NOT_DICTATED = {
    "off": gettext_noop("Dictation is not set up here, or this is not a draft of yours."),
    "empty": gettext_noop("Nothing was heard. Try again closer to the microphone."),
    "too_large": gettext_noop("The recording is too long. Dictate at most ten minutes at a time."),
    "wrong_type": gettext_noop("The recording is of a type that cannot be read. Use the page's own button."),
    "slow": gettext_noop(
        "The transcription server did not answer in time. Your recording is kept: try again."
    ),
    "refused": gettext_noop("The transcription server refused the recording. Tell the administrator."),
    "unreadable": gettext_noop("The transcription server gave no text. Your recording is kept: try again."),
    "down": gettext_noop("The transcription server cannot be reached. Your recording is kept: try again."),
}


class NotDictated(foundation.BadInput):
    """No text came of what was said. `code` says why; the recording stays in the browser, so nothing is lost."""

    def __init__(self, *, code: str) -> None:
        super().__init__(_NOT_DICTATED.get(code, _NOT_DICTATED["down"]), where="speech")
        self.code = code


class NothingLeftToTell(foundation.Refused):
    """The rules hide all of a text from its receiver."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is left of the text: the rules hide all of it from this person.",
            do="Write it in other words, or record why the person is not told.",
        )
