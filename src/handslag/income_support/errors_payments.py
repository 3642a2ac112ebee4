"""The rules of payments and letters that can be broken, each with a name."""

from __future__ import annotations

from handslag.foundation.public import BadInput, Conflict, NotFound, Refused


class BadPayeeAccount(BadInput):
    """The account number is not right; `code` names what is wrong with it."""

    def __init__(self, code: str) -> None:
        self.code = code
        what = {
            "account.bad_bankgiro": "The bankgiro number is not right.",
            "account.bad_plusgiro": "The plusgiro number is not right.",
            "account.bad_iban": "The IBAN is not right.",
            "account.bad_clearing": "The clearing number is not right.",
            "account.unknown_clearing": "We do not know this clearing number.",
            "account.bad_number": "The account number is not right.",
        }[code]
        do = (
            "Give the account as IBAN instead." if code == "account.unknown_clearing" else "Check the digits."
        )
        super().__init__(what, where="account_number", do=do)


class NoPayee(Refused):
    """Nobody can be paid: there is no account in the application nor in the case."""

    def __init__(self) -> None:
        super().__init__(
            "There is no account to pay to.", do="Ask the person for an account and add a payee."
        )


class PaymentsDoNotFit(BadInput):
    """The sums of the payees are not the sum of the decision."""

    def __init__(self) -> None:
        super().__init__(
            "The payments are not the sum that the decision gives.",
            where="shares",
            do="Share out exactly the sum of the decision.",
        )


class AlreadyOrdered(Conflict):
    """The decision has other payments than those asked for now."""

    def __init__(self) -> None:
        super().__init__(
            "The decision is already being paid in another way.", do="Open the payments of the decision."
        )


class PaymentNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such payment, or you may not see it.", do="Go back to the list.")


class NothingToPay(Refused):
    def __init__(self) -> None:
        super().__init__("There is nothing to pay.", do="Come back when payments have been ordered.")


class SamePerson(Refused):
    """Two persons are needed, and this is the first one again."""

    def __init__(self) -> None:
        super().__init__("You cannot approve your own work.", do="Ask a colleague who attests payments.")


class FileDoesNotAgree(Refused):
    """The file, its header and the orders do not say the same; nothing leaves."""

    def __init__(self) -> None:
        super().__init__(
            "The payment file does not agree with the payments that were ordered.",
            do="Take the file back and make a new one.",
        )


class FileIsNotOpen(Refused):
    def __init__(self) -> None:
        super().__init__(
            "The payment file is released or taken back already.", do="Open the list of files to see it."
        )


class NoBank(Refused):
    def __init__(self) -> None:
        super().__init__(
            "No bank is connected, so no payment file can be made.",
            do="Tell the administrator to set the payer's account.",
        )


class BadBankReport(BadInput):
    """The report was refused whole; nothing of it was used. `what` says why."""

    def __init__(self, what: str) -> None:
        super().__init__(
            what, where="report", do="Choose a status report (pain.002) that answers one of our files, and try again."
        )
