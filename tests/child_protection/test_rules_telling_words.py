"""Words that may tell who reported: many phrasings, by the kind of the one who reported."""

from importlib import resources

import pytest
import yaml

from handslag.child_protection.rules.telling_words import HiddenReporters, groups_of, may_tell, odd_words

FILE = resources.files("handslag.child_protection").joinpath("parameters/telling_words.yaml")
GROUPS = groups_of(yaml.safe_load(FILE.read_text("utf-8"))["groups"])
PRIVATE = HiddenReporters(frozenset({"private"}), frozenset())
SCHOOL = HiddenReporters(frozenset({"school"}), frozenset())
SHY_SCHOOL = HiddenReporters(frozenset({"school"}), frozenset({"school"}))
POLICE = HiddenReporters(frozenset({"police"}), frozenset())
CARE = HiddenReporters(frozenset({"health_care"}), frozenset())
PRESCHOOL = HiddenReporters(frozenset({"preschool"}), frozenset())
CLUB = HiddenReporters(frozenset({"association"}), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "Grannen ringde igen.", "GRANNEN RINGDE IGEN", "Grannarna har hört skrik.", "Grannfrun kom hit.", "Samtal med granne",
        "gran\u00adnen ringde", "En granne.", "Enligt grannens brev.", "Hon som bor bredvid.", "Familjen i lägenheten bredvid.",
        "De hörs vägg i vägg.", "Hyresvärden är trött på bråken.", "Mormodern oroar sig.", "mormor ringde", "Mormors samtal", "Farmor och farfar",
        "Mosterns samtal", "Morbrodern skrev", "En släkting hörde av sig.", "Släkten är orolig.", "Väninnan skrev.", "En vän till familjen",
        "Kompisens mamma", "Styvpappan berättade.", "Exmannen ringde.", "Hennes arbetskamrat", "Barnvakten såg märken.",
        "En förbipasserande såg det.", "En bekant till mamman", "Anmälaren ringde.", "Anmälarens uppgifter", "Uppgiftslämnaren är trovärdig.",
        "Den som ringde vill inte bli känd.", "Personen som anmälde", "Vi vet inte vem som anmält.", "Anmälan är anonym.",
        "The neighbour called again", "Her aunt wrote to us.", "Call from the grandmother", "Next door they heard it.", "The caller was worried.",
    ],
)  # fmt: skip
def test_who_may_be_a_private_person_is_hidden_where_one_has_reported(text: str) -> None:
    assert may_tell(text, GROUPS, PRIVATE, of_child=True)


@pytest.mark.parametrize(
    "text",
    [
        "Barnet leker gärna ute.", "Mamma hämtar klockan tre.", "Pappan ringde och är sjuk.", "Nora trivs i skolan.",
        "Läraren säger att Nora läser bra.", "Hembesök den 3 mars.", "Mamman har tagit del av anmälan.", "En anmälan om oro kom den 3 mars.",
        "Det är vänligt hemma.", "Familjen har flyttat.", "Nora är vänster-hänt.", "Hyran är betald.", "The child plays outside.",
    ],
)  # fmt: skip
def test_what_names_nobody_who_reports_is_shown(text: str) -> None:
    assert not may_tell(text, GROUPS, PRIVATE, of_child=True)


@pytest.mark.parametrize(
    "text",
    [
        "Skolan anmälde.", "Skolans anmälan", "Det var skolan som larmade.", "Anmälan från skolan", "Läraren är orolig.", "Lärarens samtal",
        "Klassläraren såg märken.", "Rektorn ringde.", "Kuratorn hörde av sig.", "Skolsköterskan har sett blåmärken.",
        "skol-sköterskan", "Skolan ringde om frånvaro.", "Ekebyskolan berättade.", "Samtal med mentor", "Nora sa det till fröken i skolan.",
        "The teacher saw bruises.", "The school reported it.", "Fritidspersonalen hörde det.",
    ],
)  # fmt: skip
def test_a_school_that_reported(text: str) -> None:
    assert may_tell(text, GROUPS, SCHOOL, of_child=True)


def test_a_school_by_itself_is_hidden_only_where_it_asked_for_protection() -> None:
    assert not may_tell("Nora trivs i skolan.", GROUPS, SCHOOL, of_child=True)
    assert may_tell("Nora trivs i skolan.", GROUPS, SHY_SCHOOL, of_child=True)
    assert not may_tell("Nora trivs i skolan.", GROUPS, POLICE, of_child=True)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Polisen var hemma i natt.", POLICE), ("En polispatrull", POLICE), ("Trafikpolis", POLICE), ("Åklagaren hörde av sig.", POLICE),
        ("Barnmorskan", CARE), ("Distriktsläkaren undrade.", CARE), ("Vårdcentralen meddelade oss.", CARE), ("BVC har skrivit till oss om oro.", CARE),
        ("Förskolläraren", PRESCHOOL), ("Pedagogerna", PRESCHOOL), ("Dagis ringde.", PRESCHOOL), ("Tränaren", CLUB), ("Ledaren i klubben", CLUB),
    ],
)  # fmt: skip
def test_other_professions(text: str, hidden: HiddenReporters) -> None:
    assert may_tell(text, GROUPS, hidden, of_child=True)


@pytest.mark.parametrize(
    "text",
    ["Skolan anmälde.", "Mamman anmälde pappan.", "Pappan har gjort en anmälan.", "Mormor larmade.", "Polisens anmälan", "Läkaren har uttryckt oro.",
     "Vår socialsekreterare anmälde.", "Orosanmälan från tandläkaren", "The police reported it."],
)  # fmt: skip
def test_an_act_beside_anybody_is_hidden_whoever_reported_also_in_the_familys_files(text: str) -> None:
    for hidden in (PRIVATE, SCHOOL, POLICE):
        assert may_tell(text, GROUPS, hidden, of_child=True)
        assert may_tell(text, GROUPS, hidden, of_child=False)


def test_in_the_familys_own_files_a_neighbour_alone_tells_nothing() -> None:
    assert not may_tell("Grannen lånade ut pengar till hyran.", GROUPS, PRIVATE, of_child=False)
    assert may_tell("Grannen ringde igen.", GROUPS, PRIVATE, of_child=False)
    assert may_tell("Anmälaren vill inte synas.", GROUPS, PRIVATE, of_child=False)


def test_words_that_would_hide_everything_cannot_be_used() -> None:
    assert odd_words(["*", "a*", "**", "", "x" * 70, "gr*", "..", "grann*", "*s anmälan", "mor"]) == [
        "*", "a*", "**", "", "x" * 70, "gr*", "..",
    ]  # fmt: skip
    every = [word for group in GROUPS for word in group.words]
    assert odd_words(every) == [] and len(every) > 300
