"""A starter of names that voices say wrong: yoga, meditation and anatomy, as teachers say them in English.

Our own list, in syllables (see `respelling`). A routine, an overlay or your defaults may say each otherwise.
"""

from __future__ import annotations

_POSES = """
savasana shah-VAH-suh-nuh, shavasana shah-VAH-suh-nuh, asana AH-suh-nuh, tadasana tah-DAH-suh-nuh, balasana
bah-LAH-suh-nuh, bhujangasana boo-jahn-GAH-suh-nuh, uttanasana oo-tah-NAH-suh-nuh, trikonasana
tri-koh-NAH-suh-nuh, vrikshasana vrik-SHAH-suh-nuh, vrksasana vrik-SHAH-suh-nuh, dandasana dahn-DAH-suh-nuh,
dhanurasana dah-noo-RAH-suh-nuh, virabhadrasana vee-ruh-buh-DRAH-suh-nuh, virasana vee-RAH-suh-nuh,
vajrasana vuhj-RAH-suh-nuh, sukhasana soo-KAH-suh-nuh, padmasana puhd-MAH-suh-nuh, siddhasana
sid-DAH-suh-nuh, navasana nuh-VAH-suh-nuh, garudasana guh-roo-DAH-suh-nuh, ustrasana oosh-TRAH-suh-nuh,
ushtrasana oosh-TRAH-suh-nuh, utkatasana oot-kuh-TAH-suh-nuh, salabhasana shuh-luh-BAH-suh-nuh, shalabhasana
shuh-luh-BAH-suh-nuh, sarvangasana suhr-vahn-GAH-suh-nuh, halasana huh-LAH-suh-nuh, matsyasana
muht-SYAH-suh-nuh, matsyendrasana muht-syen-DRAH-suh-nuh, sirsasana sheer-SHAH-suh-nuh, shirshasana
sheer-SHAH-suh-nuh, bakasana buh-KAH-suh-nuh, kakasana kah-KAH-suh-nuh, malasana muh-LAH-suh-nuh,
gomukhasana goh-moo-KAH-suh-nuh, paschimottanasana puhsh-chi-moh-tuh-NAH-suh-nuh, parsvottanasana
pahr-shvoh-tuh-NAH-suh-nuh, prasarita pruh-SAH-ri-tuh, padottanasana puh-doh-tuh-NAH-suh-nuh, parivrtta
puh-ri-VRIT-tuh, parivritta puh-ri-VRIT-tuh, parsvakonasana pahr-shvuh-koh-NAH-suh-nuh, parshvakonasana
pahr-shvuh-koh-NAH-suh-nuh, natarajasana nuh-tuh-rah-JAH-suh-nuh, eka AY-kuh, dwi DWEE, pada PAH-duh,
rajakapotasana rah-juh-kuh-poh-TAH-suh-nuh, kapotasana kuh-poh-TAH-suh-nuh, anjaneyasana
uhn-juh-nay-AH-suh-nuh, hanumanasana huh-noo-mah-NAH-suh-nuh, chaturanga chuh-too-RUHN-guh, adho UH-doh,
mukha MOO-kuh, svanasana shvah-NAH-suh-nuh, shvanasana shvah-NAH-suh-nuh, urdhva OORD-vuh, hastasana
huh-STAH-suh-nuh, supta SOOP-tuh, baddha BUHD-duh, konasana koh-NAH-suh-nuh, setu SAY-too, bandha BUHN-duh,
bandhasana buhn-DAH-suh-nuh, marjaryasana mahr-jahr-YAH-suh-nuh, bitilasana bi-ti-LAH-suh-nuh, phalakasana
puh-luh-KAH-suh-nuh, vasisthasana vuh-sish-TAH-suh-nuh, ananda AH-nuhn-duh, makarasana muh-kuh-RAH-suh-nuh,
apanasana uh-pah-NAH-suh-nuh, janu JAH-noo, purvottanasana poor-voh-tuh-NAH-suh-nuh, upavistha
oo-puh-VISH-tuh, utthita OOT-ti-tuh, ardha AHR-duh, chandrasana chuhn-DRAH-suh-nuh, chandra CHUHN-druh,
surya SOOR-yuh, namaskar nuh-muh-SKAHR, namaskara nuh-muh-SKAH-ruh, anjali UHN-juh-lee, mudra MOO-druh,
jathara JUH-tuh-ruh, parivartanasana puh-ri-vahr-tuh-NAH-suh-nuh, viparita vi-puh-REE-tuh, karani
KUH-ruh-nee, hasta HUH-stuh, padangusthasana pah-dahn-goosh-TAH-suh-nuh, marichyasana
muh-ree-chi-AH-suh-nuh, agnistambhasana uhg-ni-stuhm-BAH-suh-nuh, krounchasana krown-CHAH-suh-nuh, lolasana
loh-LAH-suh-nuh, tittibhasana ti-ti-BAH-suh-nuh, mayurasana muh-yoo-RAH-suh-nuh, simhasana sim-HAH-suh-nuh,
bharadvajasana buh-ruhd-vah-JAH-suh-nuh
"""
_PRACTICE = """
om /oʊm/, aum /oʊm/, pranayama prah-nah-YAH-muh, prana PRAH-nuh, ujjayi oo-JAH-yee, nadi NAH-dee, shodhana
SHOH-duh-nuh, sodhana SHOH-duh-nuh, kapalabhati kuh-pah-luh-BAH-tee, kapalbhati kuh-pahl-BAH-tee, bhastrika
BUH-stri-kuh, bhramari BRAH-muh-ree, sitali SHEE-tuh-lee, sheetali SHEE-tuh-lee, kumbhaka KUHM-buh-kuh,
puraka POO-ruh-kuh, rechaka RAY-chuh-kuh, viloma vi-LOH-muh, anuloma uh-noo-LOH-muh, mula MOO-luh, uddiyana
oo-dee-YAH-nuh, jalandhara JAH-luhn-duh-ruh, drishti DRISH-tee, dristi DRISH-tee, vinyasa vin-YAH-suh,
ashtanga uhsh-TAHN-guh, hatha HUH-tuh, kundalini koon-duh-LEE-nee, nidra NID-ruh, sutra SOO-truh, chakra
CHUH-kruh, namaste nuh-muh-STAY, samadhi suh-MAH-dee, dharana DAH-ruh-nuh, dhyana DYAH-nuh, pratyahara
pruht-yah-HAH-ruh, yama YUH-muh, niyama NEE-yuh-muh, ahimsa uh-HIM-sah, satya SUHT-yuh, santosha
suhn-TOH-shuh, svadhyaya svah-DYAH-yuh, sankalpa suhn-KUHL-puh, shanti SHAHN-tee, vipassana vi-PAH-suh-nah,
anapanasati ah-nah-PAH-nuh-suh-tee, metta MET-tah, satipatthana suh-ti-puht-TAH-nuh, samatha SUH-muh-tuh,
dukkha DOOK-kuh, sangha SUHNG-guh, karuna KUH-roo-nah, mudita MOO-di-tah, upekkha oo-PAYK-kah, ida EE-dah,
pingala PING-guh-lah, sushumna soo-SHOOM-nah, qigong chee-GUHNG, shavasan shah-VAH-suhn, ayurveda
ah-yoor-VAY-duh, japa JUH-puh, tantra TUHN-truh
"""
_BODY = """
psoas SOH-uhs, iliopsoas il-ee-oh-SOH-uhs, iliacus i-LY-uh-kuhs, sacral SAY-kruhl, sacroiliac
say-kroh-IL-ee-ak, coccyx KOK-siks, coccygeal kok-SIJ-ee-uhl, piriformis pi-ri-FOR-mis, quadratus
kwod-RAY-tuhs, spinae SPY-nee, multifidus mul-TIF-i-duhs, latissimus luh-TIS-i-muhs, dorsi DOR-sy,
rhomboideus rom-BOY-dee-uhs, levator luh-VAY-ter, serratus suh-RAY-tuhs, posterior po-STEER-ee-er,
pectoralis pek-tuh-RAL-is, supraspinatus soo-pruh-spy-NAY-tuhs, infraspinatus in-fruh-spy-NAY-tuhs, teres
TEER-eez, subscapularis sub-skap-yuh-LAIR-is, brachialis bray-kee-AL-is, brachii BRAY-kee-eye,
sternocleidomastoid ster-noh-kly-doh-MAS-toyd, capitis KAP-i-tis, suboccipital sub-ok-SIP-i-tuhl, occiput
OK-si-put, occipital ok-SIP-i-tuhl, femoris FEM-er-is, tibialis tib-ee-AL-is, patella puh-TEL-uh, abdominis
ab-DOM-i-nis, lateralis lat-er-AL-is, medialis mee-dee-AL-is, gracilis GRAS-i-lis, fascia FASH-uh, fasciae
FASH-ee-ee, fascial FASH-uhl, latae LAY-tee, myofascial my-oh-FASH-uhl, gastrocnemius gas-trok-NEE-mee-uhs,
kegel KAY-guhl, calcaneus kal-KAY-nee-uhs, talus TAY-luhs, semitendinosus sem-ee-ten-di-NOH-suhs,
semimembranosus sem-ee-mem-bruh-NOH-suhs, popliteus pop-LIT-ee-uhs, peroneal pair-uh-NEE-uhl,
peroneus pair-uh-NEE-uhs, trochanter troh-KAN-ter, sciatic sy-AT-ik, meniscus muh-NIS-kuhs, xiphoid ZY-foyd,
patellae puh-TEL-ee, pronate PROH-nayt, pronated PROH-nay-tid, pronates PROH-nayts,
pronating PROH-nay-ting, pronation proh-NAY-shuhn, vagus VAY-guhs
"""


def _read(written: str) -> dict[str, str]:
    pairs = (pair.strip().partition(" ") for pair in written.replace("\n", " ").split(","))
    return {word: said.strip() for word, _, said in pairs}


# Abbreviations, as letters or as a word; in capitals only: "IT band", not "it".
# Those that begin with A stay whole: apart, it is an article.
_LETTERS = "PCL MCL LCL TMJ ITB TFL SCM PNF TVA VMO QL PT GP ROM MRI DVT COPD BMI HRV RPE IT SI IV LE UE"
_AS_WORDS = {"HIIT": "hit", "DOMS": "doms", "RICE": "rice", "AMRAP": "am-rap", "EMOM": "ee-mom", "ABS": "abs"}

NAMES: dict[str, str] = _read(_POSES) | _read(_PRACTICE) | _read(_BODY)
ABBREVIATIONS: dict[str, str] = {**{word: " ".join(word) for word in _LETTERS.split()}, **_AS_WORDS}
