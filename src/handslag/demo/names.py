"""Common given and family names by language, for the synthetic municipality.

Own lists of names that many people bear; a full name here is drawn at random and belongs to nobody.
"""

from __future__ import annotations

from typing import NamedTuple


class NameList(NamedTuple):
    """Names that go together: one language, women's and men's given names, family names."""

    language: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SWEDISH = NameList(
    "sv",
    _names(
        "Anna Eva Maria Karin Kristina Lena Kerstin Emma Sara Malin Ida Elin Linnea Alice Maja Ella "
        "Wilma Ebba Astrid Saga Alma Freja Agnes Signe Tuva Elsa Ingrid Margareta Birgitta Gunilla "
        "Inger Ulla Monica Britt Gun Marianne Susanne Annika Åsa Carina Helena Camilla Jenny Sofia "
        "Johanna Hanna Josefin Amanda Matilda Frida Lovisa Moa Klara Stina Greta Siv Barbro Anita Berit "
        "Ann-Marie Gunnel Maj-Britt Solveig Rut Märta Vera Ylva Åse"
    ),
    _names(
        "Lars Anders Per Mikael Johan Karl Erik Jan Peter Thomas Fredrik Daniel Hans Mats Andreas "
        "Stefan Magnus Björn Oskar Gustav Henrik Niklas Jonas Marcus Patrik Mattias Martin Joakim Göran "
        "Kjell Bo Ulf Leif Sven Nils Bengt Rolf Olof Arne Göte Åke Kurt Stig Tommy Roger Kent Håkan "
        "Tobias Simon Filip William Lucas Liam Noah Hugo Oliver Elias Adam August Axel Emil Viktor "
        "Anton Sixten Melker Love Ludvig Sten Östen"
    ),
    _names(
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson "
        "Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Lindström "
        "Olofsson Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind Lundgren Lundqvist Mattsson "
        "Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Danielsson Håkansson "
        "Eklund Lundin Gunnarsson Björk Bergman Holm Wikström Samuelsson Isaksson Fransson Bergqvist "
        "Nyström Holmberg Arvidsson Löfgren Söderberg Nyberg Blomqvist Claesson Mårtensson Nordström "
        "Eliasson Pålsson Viklund Björklund Berggren Sandström Nordin Lund Ström Hermansson Åberg "
        "Ekström Holmgren Sundberg Hedlund Dahlberg Hellström Sjögren Falk Abrahamsson Blom Öberg Ek "
        "Åkesson Strömberg Israelsson Östlund Ågren Ängström Örn"
    ),
)

ARABIC = NameList(
    "ar",
    _names(
        "Fatima Maryam Aisha Zeinab Noor Layla Rania Hanan Amal Yasmin Huda Salma Rima Sahar Nadia Dina "
        "Lina Iman Samira Wafa Ghada Mona Suad Abir Rasha Najah"
    ),
    _names(
        "Mohammad Ahmad Ali Omar Hassan Hussein Mahmoud Khaled Ibrahim Yousef Mustafa Abdullah Tarek "
        "Bilal Samir Karim Fadi Ziad Rami Farid Nabil Walid Majed Anas Bashar Sami"
    ),
    _names(
        "Al-Hassan Haddad Khalil Hussein Ibrahim Nasser Saleh Mansour Al-Ahmad Darwish Kassem Hamdan "
        "Jaber Qasim Issa Suleiman Abbas Aziz Al-Masri Shaheen Barakat Najjar Hamad Zaki"
    ),
)
SOMALI = NameList(
    "so",
    _names("Amina Hodan Fadumo Halima Sahra Khadija Nimo Ayaan Hibo Ifrah Asha Deqa Ladan Hawa Safiya Ubah"),
    _names(
        "Abdi Mohamed Ahmed Yusuf Abdirahman Liban Guled Hassan Ismail Mahad Bashir Said Jama Warsame "
        "Idris Omar"
    ),
    _names("Ali Warsame Farah Jama Abdi Nur Hersi Aden Osman Mohamud Elmi Duale Guled Isse Yusuf Ahmed"),
)
FINNISH = NameList(
    "fi",
    _names(
        "Anneli Helena Liisa Päivi Tuula Marja Ritva Pirjo Sirpa Kaija Aino Eeva Riitta Hilkka Seija Minna"
    ),
    _names(
        "Juhani Matti Timo Kari Antti Jukka Heikki Seppo Pekka Markku Ilkka Veikko Jorma Reijo Eino Mikko"
    ),
    _names(
        "Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen "
        "Lehtonen Saarinen"
    ),
)
BOSNIAN = NameList(
    "bs",
    _names(
        "Amra Lejla Emina Azra Jasmina Selma Senada Aida Mirela Edina Fatima Nermina Sanela Alma "
        "Dženana Merima"
    ),
    _names(
        "Emir Adnan Senad Mirza Nermin Haris Jasmin Elvir Samir Edin Damir Almir Zlatan Muamer Enes Kenan"
    ),
    _names(
        "Hodžić Begić Hadžić Mehić Delić Kovačević Halilović Omerović Husić Suljić Ibrahimović Avdić "
        "Softić Mujić"
    ),
)
POLISH = NameList(
    "pl",
    _names(
        "Agnieszka Katarzyna Małgorzata Anna Ewa Joanna Monika Magdalena Beata Aleksandra Zofia Barbara "
        "Dorota"
    ),
    _names(
        "Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Jakub Grzegorz Łukasz Adam Marek Mateusz Wojciech"
    ),
    _names(
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak "
        "Dąbrowski"
    ),
)
PERSIAN = NameList(
    "fa",
    _names("Zahra Maryam Leila Shirin Parisa Nasrin Mina Farah Soraya Fereshteh Golnar Nargis Roya Setareh"),
    _names("Reza Mehdi Hossein Ali Amir Farhad Behzad Navid Jawad Kamran Omid Siamak Nasir Habib"),
    _names(
        "Ahmadi Hosseini Mohammadi Rezai Karimi Rahimi Jafari Sadeghi Nazari Haidari Akbari Moradi Qasimi"
    ),
)
TIGRINYA = NameList(
    "ti",
    _names("Selam Freweini Senait Abeba Tsega Hiwet Almaz Rahwa Letebrhan Mebrat Winta Saba"),
    _names("Tesfay Yonas Dawit Samuel Haile Berhane Mehari Filmon Kibrom Abel Robel Isaias"),
    _names("Tesfay Haile Gebremedhin Berhane Kidane Tekle Weldu Habte Mehari Araya Negash Yohannes"),
)
UKRAINIAN = NameList(
    "uk",
    _names("Olena Oksana Iryna Natalia Tetiana Yulia Svitlana Kateryna Halyna Daria Sofiia Larysa"),
    _names("Oleksandr Andrii Serhii Mykola Volodymyr Dmytro Ivan Yurii Vasyl Maksym Taras Bohdan"),
    _names(
        "Shevchenko Kovalenko Bondarenko Tkachenko Kravchenko Oliinyk Boiko Melnyk Koval Moroz Lysenko "
        "Savchenko"
    ),
)

#: The languages of those who were born abroad, with weights that shape a plausible Swedish town.
ABROAD: tuple[tuple[NameList, int], ...] = (
    (ARABIC, 30),
    (SOMALI, 11),
    (FINNISH, 10),
    (BOSNIAN, 11),
    (POLISH, 11),
    (PERSIAN, 13),
    (TIGRINYA, 7),
    (UKRAINIAN, 7),
)

STREETS: tuple[str, ...] = (
    "Storgatan",
    "Kyrkogatan",
    "Skolgatan",
    "Björkvägen",
    "Ekvägen",
    "Tallvägen",
    "Granvägen",
    "Lindvägen",
    "Ängsvägen",
    "Järnvägsgatan",
    "Bergsgatan",
    "Trädgårdsgatan",
    "Nygatan",
    "Parkvägen",
    "Kvarngatan",
    "Åsvägen",
    "Sjövägen",
    "Fabriksgatan",
    "Norra vägen",
    "Södra vägen",
    "Lärkvägen",
    "Rosenvägen",
    "Hagvägen",
    "Klockarvägen",
    "Smedjegatan",
    "Vallgatan",
    "Slottsgatan",
    "Solvägen",
    "Stationsgatan",
    "Åkervägen",
    "Östra Torggatan",
    "Västra Torggatan",
)
