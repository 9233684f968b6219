"""Words behind a number for how many times as much it is, in English and Korean: the one place for them."""

ENGLISH = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
KOREAN_SMALL = {"천": 1_000, "백": 100, "십": 10}
KOREAN_LARGE = {"조": 10**12, "억": 10**8, "만": 10**4}
# As one word behind digits: 2천만, 3백만.
KOREAN = {
    **{
        small + large: times * scale
        for small, times in KOREAN_SMALL.items()
        for large, scale in KOREAN_LARGE.items()
    },
    **KOREAN_LARGE,
    "천": 1_000,
}
