"""Word tables for triage: common slips and slang, pairs read as one word, irregular forms.

Each line reads "what is meant: what people type"; an underscore stands for a space.
"""

from __future__ import annotations


def _by_typed(table: str) -> dict[str, str]:
    found: dict[str, str] = {}
    meant = ""
    for word in table.split():
        if word.endswith(":"):
            meant = word[:-1]
        else:
            found[word] = meant
    return found


def _words(table: str) -> list[str]:
    return table.split()


SPELLINGS = {
    typed: meant.replace("_", " ")
    for typed, meant in _by_typed("""
    chest: chst chets cheast
    cant: cnt carnt cannot
    couldnt: couldn cudnt
    dont: dnt
    didnt: didn
    wouldnt: wudnt
    want: wanna wannna
    gonna: gunna gona imma ima finna
    you: u
    your: ur
    are: r
    boyfriend: bf
    girlfriend: gf
    husband: hubby
    mum: mom mam mommy mummy momma mother
    dad: father daddy
    kid: kiddo
    myself: meself mysel myslef msyelf myelf mmyself
    self: slef
    suicide: suicde sucide suiside suacide sewerslide sooicide
    suicidal: suicidle suicidual sucidal suicial suisidal
    unalive: unaliving unalived
    kill: kil kll kiling
    died: deid
    die: diee
    dying: dieing dyin
    today: toda 2day
    tomorrow: tomoro tmrw tmr tomorow tommorow tommorrow 2moro
    tonight: tonite 2nite 2night
    the: teh
    before: b4
    with: w
    about: abt bout
    because: bc cuz cos coz
    now: rn atm
    anymore: anymre nomore
    numb: numness nummb neumb
    weak: weekness
    pee: wee weeing urine urinate urinating piss pissing
    poo: poop pooped pooing stool stools faeces feces
    belly: tummy stomach abdomen abdominal stomache stomack
    temperature: temprature temp
    serotonin: seratonin
    vomit: puked puke puking barf barfing vommed vomitting vomitted vom
    chest_pain: chestpain chestpains
    kill_myself: killmyself
    end_my_life: endmylife
    overdose: od ods oding oded od'd overdosing overdosed overdoes overdosage
    paracetamol: paracetemol paracetomol parecetamol
    acetaminophen: acetominophen
    ibuprofen: ibuprofin ibruprofen ibuprofren
    morphine: morphene
    diarrhea: diarrhoea diarrea
    anaphylaxis: anaphalaxis anaphylactic
    seizure: seziure siezure seisure seizing seizures
    breathe: breathin breethe brethe breahte
    breath: breth
    heart: hart
    attack: attak
    heart_attack: hartattack heartattack
    hemorrhage: haemorrhage hemorrage
    selfharm: selfharmed selfharming selfharms
    unconscious: unconcious unconsious uncounscious
    dizzy: dizy
    diabetic: diabetis diabetes
    pregnant: pregant pregnat preggo preggers pregnancy
    stopped: stoped
    sudden: suden
    suddenly: sudenly
    jaundice: jaundiced
    yellow: yelow
    unexplained: unexplianed
    swollen: swolen sweling
    tongue: toungue tounge
    tight: tightnes
    withdrawal: withdrawl withdrawals
    stabbing: stabing
    bum: arse bottom buttocks butt backside
    living: livin
    nothing: nuthin nothin
    getting: gettin
    going: goin
    feeling: feelin
    having: havin
    being: bein
    killing: killin
    hurting: hurtin
    cutting: cuttin cutted
    ending: endin
    please: plz pls
    people: ppl
    someone: somone
    lol: haha hahaha lmao lmfao rofl
    paralysed: paralyzed paralized
    doctor: dr gp doc docs physician
    hospital: hosp
    medicine: meds medication medications med medicines
    """).items()
}
"""Surface word -> usual spelling; the value may hold two words."""

TWO_WORDS = {
    (typed.partition("_")[0], typed.partition("_")[2]): meant
    for typed, meant in _by_typed("""
    cant: can_not unable_to not_able can_barely can_hardly
    couldnt: could_not
    dont: do_not
    didnt: did_not
    doesnt: does_not
    wont: will_not
    wouldnt: would_not
    isnt: is_not
    arent: are_not
    wasnt: was_not
    havent: have_not
    hasnt: has_not
    hadnt: had_not
    want: want_to
    wants: wants_to
    wanted: wanted_to
    gonna: going_to
    nolonger: no_longer
    anymore: any_more
    bloodpressure: blood_pressure
    bloodsugar: blood_sugar
    suicide: sewer_slide
    unalive: un_alive
    selfharm: self_harm self_harming self_harmed self_injury
    myself: my_self
    faint: passed_out pass_out passing_out passes_out blacked_out blacking_out black_out
    vomit: throwing_up threw_up throw_up thrown_up throws_up
    cocodamol: co_codamol
    coffeeground: coffee_ground coffee_grounds
    """).items()
}
"""Two neighbouring words -> the one word that stands for them."""

IRREGULAR = _by_typed("""
    fall: fell fallen
    swell: swollen swelled
    break: broke broken
    feel: felt
    take: took taken
    lose: lost losing
    come: came
    go: went gone goes gonna
    die: died dying dies
    throw: threw thrown
    bleed: bled
    shake: shook shaken shaky
    wake: woke woken
    sleep: slept
    eat: ate eaten
    say: said
    tell: told
    think: thought thoughts
    find: found
    run: ran
    write: wrote written
    letter: letters
    keep: kept
    want: wanted
    be: being been
    have: has had having
    do: does did doing
    foot: feet
    tooth: teeth
    wife: wives
    knife: knives
    live: lives living
    lie: lying lay laying
    spring: sprang
    hang: hung
    shoot: shot
    hurt: hurts hurting
    drive: driven drove
    buy: bought
    see: saw seen
    hear: heard
    slur: slurry
    tar: tarry
    stick: sticky
    sweat: sweaty
    blood: bloody
    pee: peed
    pain: painful pains painfull
    leg: legs
    bring: brought
    sting: stung
    tingle: tingly tingling tingles
    prickle: prickly
    wobble: wobbly
    breathless: breathlessness
    yellow: yellowing
    chill: chilly
    week: weekly
    ill: illness
    sick: sickness
    sudden: suddenly
    bite: bitten
    sit: sat
    choke: choking
    suffocate: suffocating
""")
"""Forms whose stem no ending rule finds."""

UNCHANGED = frozenset(
    _words(
        """
        across alive always anus anything bed belly better bit blood breath breathless bring burst
        bus business clumsy cut daily done drowsy during early evening everything family gas his
        hundred is king led less morning need nothing only perhaps pus red reply ring sing something
        speech spread spring sting string stuck thing this unless us was weed wing witness worse
        worst yes
        """
    )
)
"""Words that end like an inflected form and are not one."""

FILLERS = frozenset(
    _words(
        """
        absolutely actually basically completely damn effing erm ffs fking fr freaking friggin
        fuckin fucking hello hey hi honestly just kinda literally ngl oh omg please pretty
        proper quite really seriously so sorta tbh totally truly uh um very
        """
    )
)
"""Words that carry no meaning for triage and may stand anywhere; they are dropped."""

STOPWORDS = frozenset(
    _words(
        """
        a about am an and are as at be been by for from get got have i id ill im in is it its
        ive my of on or some that the there theres these this to was were when with
        """
    )
)
"""Words a phrase does not hang on."""

NUMBER_WORDS = _by_typed(
    """
    2: two 3: three 4: four 5: five 6: six 7: seven 8: eight 9: nine 10: ten 11: eleven 12: twelve
    13: thirteen 14: fourteen 15: fifteen 16: sixteen 17: seventeen 18: eighteen 19: nineteen 20:
    twenty 30: thirty 40: forty 50: fifty 60: sixty 100: hundred
    """
)
"""Number words; "one" is left out, it is nearly always "one leg", "one side"."""

GLUE = frozenset(_words("a am and be cant dont feel i im in is it just me my not of on so the to want"))
"""Short words that may join known ones when a message runs together ("iwanttodie")."""
