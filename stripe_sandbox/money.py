"""Currencies as Stripe takes them: which exist, how many decimals they have, the smallest charge. Integers only.

Sources: Stripe's page "Supported currencies" for the lists, its "minimum and maximum charge amounts" for the floors.
"""

_CURRENCIES = (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf "
    "clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr "
    "ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mro mur "
    "mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek "
    "sgd shp sle sll sos srd std svc szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof "
    "xpf yer zar zmw"
)
CURRENCIES = frozenset(_CURRENCIES.split())
ZERO_DECIMAL = frozenset(
    {
        "bif",
        "clp",
        "djf",
        "gnf",
        "jpy",
        "kmf",
        "krw",
        "mga",
        "pyg",
        "rwf",
        "ugx",
        "vnd",
        "vuv",
        "xaf",
        "xof",
        "xpf",
    }
)
THREE_DECIMAL = frozenset({"bhd", "jod", "kwd", "omr", "tnd"})
LARGEST = 99_999_999

_FLOORS = {
    50: "usd aud brl cad chf eur inr nzd sgd jpy",
    30: "gbp",
    200: "pln aed myr ron",
    250: "dkk",
    300: "nok sek",
    400: "hkd",
    1000: "mxn thb krw",
    1500: "czk",
    17500: "huf",
}
SMALLEST = {currency: floor for floor, names in _FLOORS.items() for currency in names.split()}
_SYMBOLS = {
    "usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "krw": "₩", "inr": "₹", "aud": "A$", "cad": "CA$", "nzd": "NZ$",
    "brl": "R$", "ils": "₪", "uah": "₴", "vnd": "₫", "php": "₱", "hkd": "HK$", "mxn": "MX$",
}  # fmt: skip


def decimals(currency: str) -> int:
    """How many digits stand after the point: 0, 2 or 3."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def display(amount: int, currency: str) -> str:
    """An amount in minor units as English text: ``€25.64``, ``₩30,000``, ``CHF 10.00``."""
    places = decimals(currency)
    sign = "-" if amount < 0 else ""
    whole, part = divmod(abs(amount), 10**places)
    symbol = _SYMBOLS.get(currency, f"{currency.upper()} ")
    return f"{sign}{symbol}{whole:,}" + (f".{part:0{places}d}" if places else "")
