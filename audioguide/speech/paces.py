"""How fast the English voices of espeak-ng speak; made by `python -m benchmarks.pace --write`."""

# Words a minute inside speech, for each that espeak-ng is asked for.
VOICES: dict[str, float] = {
    "en-029": 1.217,
    "english (caribbean)": 1.217,
    "en": 1.278,
    "en-gb": 1.278,
    "english (great britain)": 1.278,
    "en-gb-scotland": 1.308,
    "english (scotland)": 1.308,
    "en-gb-x-gbclan": 1.232,
    "english (lancaster)": 1.232,
    "en-gb-x-gbcwmd": 1.251,
    "english (west midlands)": 1.251,
    "en-gb-x-rp": 1.282,
    "english (received pronunciation)": 1.282,
    "en-shaw": 1.279,
    "english (shavian alphabet)": 1.279,
    "en-us": 1.226,
    "english (america)": 1.226,
    "en-us-nyc": 1.261,
    "english (america, new york city)": 1.261,
}
# Variants that change the pace of any voice, by so much.
VARIANTS: dict[str, float] = {
    "f1": 0.949,
    "f2": 0.953,
    "f3": 0.989,
    "f4": 0.925,
    "f5": 0.952,
    "m2": 0.974,
    "m3": 1.045,
    "m4": 0.921,
    "whisperf": 0.982,
    "klatt": 1.011,
}
