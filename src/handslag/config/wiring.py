"""Which implementation stands behind each port in this installation."""

from pathlib import Path

from handslag.config.place import place

# The demo pays from an account number that is published as an example; its files go nowhere.
DEMO_PAYER_IBAN, DEMO_PAYER_BIC = "SE4550000000058398257466", "ESSESESS"


def wire() -> None:
    """Join the ports that income support declares to the integrations that answer them.

    A port whose address is not set stays unwired: its questions are answered "missing", and a person gets the case.
    """
    from handslag.casework import ports as transcription
    from handslag.casework import public as casework
    from handslag.income_support import ports
    from handslag.income_support import public as income_support
    from handslag.integrations.mina_meddelanden.mailbox import PrintOnly
    from handslag.integrations.navet.client import NavetRegister
    from handslag.integrations.payments.bank import Iso20022Bank
    from handslag.integrations.payments.pain001 import Payer
    from handslag.integrations.soap import SoapPost
    from handslag.integrations.ssbtek.client import SsbtekRegisters
    from handslag.integrations.ssbtek.question import Asker
    from handslag.integrations.tls import TlsFiles
    from handslag.integrations.transcription.client import TranscriptionServer

    here = place()

    def files(name: str) -> TlsFiles:
        folder = Path(here.certificates) / name
        return TlsFiles(folder / "client.pem", folder / "client.key", folder / "authority.pem")

    if here.transcription_url:
        transcription.use_transcriber(TranscriptionServer(here.transcription_url, here.transcription_model))
    ports.use(mailbox=PrintOnly())
    name = f"{here.municipality} kommun"
    contact = (f"Ring {here.phone}.",) if here.phone else ()
    address = (name, "Socialnämnden", *(line.strip() for line in here.postal_address.split(",")))
    casework.use_postal_address(address)
    income_support.use_sender(income_support.Sender(name, "", contact, address))
    if here.registers_url:
        asker = Asker(here.organisation_number, here.municipality, here.lefi_actor)
        ports.use(registers=SsbtekRegisters(SoapPost(here.registers_url, files("ssbtek")), asker))
    if here.navet_url:
        ports.use(
            population=NavetRegister(
                SoapPost(here.navet_url, files("navet")), here.organisation_number, here.navet_order
            )
        )
    iban, bic = here.payer_iban, here.payer_bic
    if not iban and here.mode == "demo":
        iban, bic = DEMO_PAYER_IBAN, DEMO_PAYER_BIC
    if iban:
        payer = Payer(here.municipality, here.organisation_number[2:], iban, bic)
        ports.use(bank=Iso20022Bank(payer, here.payment_format))
