"""Names of the SSBTEK v10 contract: namespaces, agencies, benefit codes.

Source: `Sammansatt_Bastjanst_v10.wsdl`, `sammansatt_bastjanst_v10.xsd`, `lefi-formansinformation-v9` and the
agencies' own schemas. The notes on what the contract leaves open are in README.md beside this file.
"""

from __future__ import annotations

import re

from handslag.income_support.ports import Agency

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SSBT = "http://schema.forsakringskassan.se/integration/ssbt/10"
AF = "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2"
SO = "http://INT014.UBPService.Schemas"
TNS = "http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1"
VEHICLE = "http://schema.transportstyrelsen.se/ssbtek/fordon/1"
CSN = "http://schema.csn.se/v4.0/kommunfraga"
CSN_PERSON = "http://schema.csn.se/v4.0/person"
CSN_TYPES = "http://schema.csn.se/v4.0/csntyper"
CSN_STUDY = "http://schema.csn.se/v4.0/studiemedel"
SKV = "http://xmls.skatteverket.se/se/skatteverket/zg/instans/standardiseradInformation/1.0"
SKV_PERSON = "http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForFolkbokforing/1.0"
SKV_TAX = "http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForBeskattning/1.0"

LEFI_VERSION = "v9"
LONGEST_PERIOD_DAYS = 731  # LEFI refuses questions about more than two years

ELEMENT = {  # the element of each agency in question and answer; Pensionsmyndigheten travels inside FK
    Agency.AF: "AF",
    Agency.CSN: "CSN",
    Agency.FK: "FK",
    Agency.SKV: "SKV",
    Agency.SO: "SO",
    Agency.TNS: "TNS",
    Agency.MIV: "MIV",
}

FK_BENEFITS = {  # LefiFkFormanGruppKod; empty label: the contract gives the code only
    "ABB": "Barnbidrag",
    "AP": "Allmän pension",
    "AS": "Aktivitetsstöd",
    "BOB": "Bostadsbidrag",
    "BST": "",
    "BTI": "Bostadstillägg",
    "DPE": "Dagpenning för totalförsvarspliktiga",
    "EJO": "",
    "ET": "",
    "FP": "Föräldrapenning",
    "FSJP": "Förebyggande sjukpenning",
    "GP": "Graviditetspenning",
    "HE": "Handikappersättning",
    "MABB": "Barnbidrag till barnet självt",
    "MEK": "Merkostnadsersättning",
    "NP": "Närståendepenning",
    "OMV": "Omvårdnadsbidrag",
    "PJOB": "Dagar i jobb- och utvecklingsgarantin",
    "PROG": "Ersättning i arbetsmarknadspolitiskt program",
    "RBE": "Rehabiliteringsersättning",
    "SA": "Sjuk- och aktivitetsersättning",
    "SBP": "Smittbärarersättning",
    "SJP": "Sjukpenning",
    "TFP": "Tillfällig föräldrapenning",
    "US": "Underhållsstöd",
    "VB": "Vårdbidrag",
    "YL": "Livränta vid yrkesskada",
}
PM_BENEFITS = {"AP": "Allmän pension", "BTI": "Bostads- och inkomststöd", "EF": "Efterlevandeförmåner"}

CSN_AMOUNTS = {  # beloppstyp of csntyper.xsd
    "GRUNDB": "Studiemedel, bidrag",
    "GRUNDF": "Studiemedel, högre bidrag",
    "GRUNDL": "Studiemedel, lån",
    "GRUNFL": "Studiemedel, lån till högre bidrag",
    "MERKL": "Merkostnadslån",
    "TILL": "Tilläggslån",
    "TILB": "Tilläggsbidrag",
    "EXTRA": "Extra tillägg",
    "INACK": "Inackorderingstillägg",
    "STUDB": "Studiebidrag",
    "LÄRERS": "Lärlingsersättning",
    "HUT": "Hemutrustningslån",
    "STÖDB": "Studiestartsstöd",
    "STÖDT": "Studiestartsstöd, tillägg",
    "OSSBID": "Omställningsstudiestöd, bidrag",
    "OSSLÅN": "Omställningsstudiestöd, lån",
}

UNEMPLOYMENT_BENEFIT = "SO:AKASSA"

# Skatteverket: what is known to be no payment, and how a refund of tax is told from the rest by its names alone. The names
# are not in the contract that we have; what they mean is told by SKR's questions and answers about SSBTEK (README).
SKV_KNOWN = frozenset(
    {"IdentitetsbeteckningFysiskPerson", "Fornamn", "Mellannamn", "Efternamn", "StatusPersonuppgiftKod", "Kapitaluppgift",
     "StatusKapitaluppgiftKod"}
)  # fmt: skip
SKV_ACCOUNT_STATUS = re.compile(r"(?i)^status_?skattekonto")
SKV_REFUND = re.compile(r"(?i)(å|a)ter(b(ä|a)ring|betalning|f(å|a))|(ö|o)verskjutande|skattekonto")
SKV_AMOUNT = re.compile(r"(?i)belopp|summa|utbetalning|(å|a)terf(å|a)")
SKV_DAY = re.compile(r"(?i)datum|dag")
TAX_REFUND = "SKV:REFUND"
