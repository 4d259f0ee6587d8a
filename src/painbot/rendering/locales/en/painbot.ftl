### Interface words in English. Plain and warm, one idea a message, no exclamation marks.

## Shared
yes = Yes
no-choose = No, let me choose
back = Back
ticked = ✓ { $what }
not-ticked = ▢ { $what }
find-a-helpline = Find a helpline near you
safety-in-short = If you need help now, call your emergency number. In many countries it is 112, 911 or 999. Help lines for every country: findahelpline.com. Nobody reads this chat live.
button-old = That button is from an earlier time and no longer fits. Here is a way on.
already-here = Already done
already-here-still = You are still here, and your place is kept. /today shows what there is.
menu-today = Today
menu-help = Help
urgent-open = Danger signs and numbers

## First contact and consent
welcome =
    Hello. I am a small teaching bot for people who live with long-lasting pain.

    Over eight weeks I send short lessons at an hour you choose: how pain works, then sleep, movement and food. Most take three minutes.
welcome-limits =
    I am education, not a doctor. I cannot examine you, find out what you have or change your treatment. Nobody reads this chat live.

    If something feels like an emergency, call your emergency number. For danger signs and help lines, send /urgent at any time.
welcome-open = What will be stored?
welcome-stranger = I only know you once you start. /start shows what this is. /urgent shows danger signs and numbers to call.
consent-stored = **What I keep**

    Your country and time zone, your hours, the answers you give, and which lessons you had. Your Telegram name is not kept. Messages you type outside a question are dropped once they are handled; one that I could not handle is kept for up to 7 days.

    After a danger sign I note the time and the kind of sign, never your words. That note stays after you erase the rest, with nothing that links it to you.

    It is kept by { $operator } ({ $contact }) until you erase it. /delete erases it. /export gives you a copy. Telegram itself also carries these messages.
consent-ask = May I keep this for the course?
consent-agree = Yes, I agree
consent-no = No
consent-changed = The text about what is kept has changed, so I ask again. Nothing new is kept until you agree.
consent-later = That is fine. Nothing new is kept. /start brings the question back, and /delete erases what is there.
consent-stands = You agreed to this text before, and that still stands: I keep what it says. /stop ends all messages from me, and /delete erases what I keep.
consent-declined = That is fine. Nothing is kept. If you change your mind, send /start.

## Onboarding
onb-step = _Step { $number } of { $total }_
onb-where-we-are = Here is where we are.
onb-over = That part is behind us. /settings changes your hours and place.
onb-tap-or-type = Thank you. I am not sure I read that right, so please tap a button, or type yes or no. If something is new or frightening, send /urgent.
onb-go-on = Go on
onb-place = **Where are you?**

    Type your town or city, or share your location. I only keep the time zone and country, so that messages come at your own hours and help lines are the right ones.
share-location = Share my location
place-guess = I think that is { $place }. It is { $time } there now. Is that right?
place-no = No
place-which = I know more than one. Which one is it? The time there now stands beside it.
place-other = None of these
place-unknown = I do not know that place. Please try a bigger town nearby, your country, or a time zone such as Europe/Madrid or UTC+2.
place-nowhere = I found no place there. Please type your town or city, or the nearest one on land.
place-pick = Or pick the one whose clock is the same as yours. It does not have to be your own country's.
place-country = Which country is that in? I ask because help lines differ. You can type it, or skip this.
place-kept = Thank you, I have your time zone.
onb-age = **Are you 18 or over?**
choice-age-yes = Yes, 18 or over
choice-age-no = No
onb-under-18 =
    Thank you for telling me. This course is made for adults, so I cannot take you on.

    You deserve help that fits you. Please talk with an adult you trust and with a doctor or nurse. findahelpline.com lists help lines for young people. /urgent always works.
onb-duration = **Has your pain lasted, or kept coming back, for more than three months?**
choice-duration-yes = Yes
choice-duration-no = Less than three months
onb-new-pain =
    Newer pain needs a different kind of help than this course, so I would not start it yet. A doctor, nurse or pharmacist can look at it with you.

    If it is still there after three months, you are welcome back: send /start. /urgent always works.
onb-no-ask = If that is right, I erase what you told me so far, and we end here. Please tap a button.
onb-no-sure = That is right
onb-no-slip = Back, I tapped by mistake
onb-nothing-kept = I keep nothing of what you told me. I wish you well. /urgent always works.
onb-clinician = **Has a doctor, nurse or physio looked at this pain?**
choice-clinician-yes = Yes
choice-clinician-no = Not yet
onb-clinician-first = Then a visit is a good first step, and this course can go beside it. It cannot replace it.
signs-ask = **A safety question.** Is any of these true for you now, or new in the past days?

    Tap its number, also when you are not sure.
signs-line = { $number }. { $text }
signs-lasting = A condition you have had for a long time, with nothing new about it, is not meant here.
signs-tap = I am not sure I read that right. Please tap a number, or "None of these".
signs-none = None of these
signs-which = Which of these comes closest?
signs-back = None of them, back to the list
signs-rather-not = Rather not say
signs-declined = That is all right. The numbers above stay here in the chat, and /urgent shows them at any time.
signs-mistake = I tapped by mistake
signs-go-on = I will get it checked, go on
signs-soon = Please have this looked at within about a week. The course can go on beside it.
signs-wait-seen =
    The course waits now. Getting this checked comes first.

    When a doctor or nurse has looked at it, tap the button below. I will also ask how you are after a while.
signs-wait-day =
    The course rests for today. You come first.

    I will ask how you are after a day. If you wish, we go on then, and only then. /urgent shows the numbers at any time.
signs-wait-while = The course rests for a day, and then I ask how you are. /urgent shows the numbers at any time.
onb-lesson-hour = **When should a lesson come?**

    Pick an hour or type one, such as 10:30.
onb-checkin-hour = **When should I ask how you are?**

    It is three taps. Many people like the morning, with the night still in mind.
hour-kept = { $time } it is.
hour-unknown = I did not catch a time there. You can type one, such as 9:30 or 19:00.
hour-guess = Do you mean { $time }?
hour-other = Another hour
hour-in-quiet =
    { $time } falls in your quiet hours ({ $start } to { $end }), when I stay silent.

    Shall I move the quiet hours to make room, or would you like another hour?
quiet-move = Move the quiet hours
quiet-would-be = They would then be { $start } to { $end }, the longer of the two parts.
quiet-would-be-none = There would be no quiet hours left then.
quiet-now = Your quiet hours are now { $start } to { $end }.
quiet-now-none = You have no quiet hours now.
hour-too-near =
    I leave two hours between my messages, so that they do not crowd you.

    { $which ->
        [checkin-hour] With lessons at { $other }, check-ins fit
       *[lesson-hour] With check-ins at { $other }, lessons fit
    }{ $spans ->
        [0] {" "}only in your quiet hours. /settings can move those.
        [1] : { $first }.
        [2] : { $first }, or { $second }.
       *[3] : { $first }, { $second }, or { $third }.
    }
onb-goal = **What matters to you?**

    In one line: what would you like more of in your life? Cooking, a walk, time with someone.
onb-goal-kept = Thank you. I will keep that line for you.
onb-ready = **You are all set.**

    Lessons come at { $lesson }, check-ins at { $checkin }. /settings changes that, /pause gives you a rest, and /stop ends it.
onb-promise =
    What to expect: courses like this may help a little, or more. They do not suit everyone. Please keep your usual care, and do not change a medicine because of a lesson.
onb-start = Open day 1

## Questions with numbers
peg-title = **Three questions about the past week**
ask-peg-pain = What number best describes your pain on average in the past week?
ends-peg-pain = 0 = No pain, 10 = Pain as bad as you can imagine
label-peg-pain = Pain on average
ask-peg-enjoyment = What number best describes how, during the past week, pain has interfered with your enjoyment of life?
ends-peg-enjoyment = 0 = Does not interfere, 10 = Completely interferes
label-peg-enjoyment = Enjoyment of life
ask-peg-activity = What number best describes how, during the past week, pain has interfered with your general activity?
ends-peg-activity = 0 = Does not interfere, 10 = Completely interferes
label-peg-activity = General activity
ask-pain = How strong is your pain today?
ends-pain = 0 = none, 10 = the worst you can imagine
label-pain = Pain today
ask-sleep = How well did you sleep last night?
ends-sleep = 0 = very badly, 10 = very well
label-sleep = Sleep last night
ask-tried = Did you try yesterday's small step? Any answer is fine.
ask-tried-last = Did you try the last small step? Any answer is fine.
label-tried = Small step
choice-tried-yes = Yes
choice-tried-a-bit = A bit
choice-tried-not-yet = Not yet
ask-confidence = How sure are you that you can do something that matters to you today, even with the pain?
ends-confidence = 0 = not at all, 10 = fully
label-confidence = How sure
ask-harm = Did anything in the course make things worse this week?
label-harm = Made worse
choice-harm-no = No
choice-harm-a-bit = A bit
choice-harm-yes = Yes
ask-harm-what = What was it? The closest one is fine.
label-harm-what = What it was
choice-harm-what-pain = Pain
choice-harm-what-sleep = Sleep
choice-harm-what-mood = Mood
choice-harm-what-fall = A fall or sleepy driving
choice-harm-what-other = Something else
phq-intro = Over the last 2 weeks, how often have you been bothered by the following problems?
ask-phq-interest = Little interest or pleasure in doing things
label-phq-interest = Little interest
ask-phq-down = Feeling down, depressed, or hopeless
label-phq-down = Feeling down
ask-gad-nervous = Feeling nervous, anxious or on edge
label-gad-nervous = Nervous
ask-gad-worry = Not being able to stop or control worrying
label-gad-worry = Worrying
choice-phq-0 = Not at all
choice-phq-1 = Several days
choice-phq-2 = More than half the days
choice-phq-3 = Nearly every day
mood-noticed =
    Thank you for answering these. What you tapped suggests that your mood may need care of its own. That is common with pain, it is not a failing, and it is not a diagnosis.

    A doctor, nurse or counsellor can help with it. The course goes on if you wish. If it ever gets too much, these are there for you:

## Safety answers that shape the course
gate-why = _This helps me keep the course safe for you. You can skip it; then I stay on the careful side._
ask-gate-crash = After small efforts, do you crash for a day or more, one or two days later?
label-gate-crash = Crash after effort
ask-gate-fall = Could you fall, or is it hard to get up at night?
label-gate-fall = Risk of a fall
ask-gate-exercise = Does any of these fit you: heart or lung disease, fainting, frequent falls, thin bones, pregnancy, a recent operation or broken bone, or a move a clinician has told you to avoid?
label-gate-exercise = Care with movement
ask-gate-sleep = Which of these fit you? Tap all that do.

    A sleep problem means apnoea, restless legs or sleepwalking, or loud snoring with pauses.
label-gate-sleep = Care with sleep
choice-sleep-epilepsy-bipolar = Epilepsy, bipolar disorder or psychosis
choice-sleep-sleep-disorder = Sleep problem, such as apnoea
choice-sleep-shift-work = Night or shift work
choice-sleep-driving = I drive or run machines for work
choice-sleep-sleepy = Sleepy by day, or dozing off
choice-sleep-frail = Frail, or trouble with memory
ask-gate-medicines = Which of these fit you? Tap all that do.
label-gate-medicines = Medicines and health
choice-medicines-opioids = Opioid pain medicine
choice-medicines-sedatives = Sedatives or sleeping pills
choice-medicines-blood-thinners = Blood thinners
choice-medicines-diabetes-thyroid = Diabetes or thyroid medicine
choice-medicines-seizure-transplant = Seizure or transplant medicine
choice-medicines-pregnancy = Pregnant or breastfeeding
choice-medicines-organs = Kidney, liver or heart disease
choice-medicines-cancer-surgery = Cancer care, or surgery planned
choice-medicines-over-75 = Over 75
ask-gate-eating = Do you have an eating disorder, now or in the past?
label-gate-eating = Eating
choice-gate-yes = Yes
choice-gate-no = No
choice-gate-not-sure = Not sure

## Forms
form-skip = Skip
form-skipped = skipped
form-done = Done
form-none = None of these
form-several = { $count ->
    [one] 1 chosen
   *[other] { $count } chosen
 }
form-change = Change: { $what }
form-change-one = Change an answer
form-which = Which answer would you like to change?
form-past = That answer is from an earlier day, so it stays as it was. Today has its own questions.
form-guess = Did I get that right?
form-hint-scale = Thank you. I did not catch a number from 0 to 10 there, so please tap one or type it. If something is new or frightening, send /urgent.
form-hint-choice = Thank you. I did not catch which one you mean, so please tap one. If something is new or frightening, send /urgent.
ends-course = 0 = { $low }, 10 = { $high }
label-course = Today's question

## Check-in and check day
checkin-title = **Check-in**
checkin-open = Check-in
checkin-done = Thank you. That is all for today.
checkin-closed = That check-in closed at the end of its day, and that is all right. Nothing is lost.
check-title = **{ $title }**
check-open = Start, about two minutes
harm-noted =
    Thank you for saying so. I am sorry that something got worse.

    Please leave out what did it, and talk with a doctor, nurse or physio about it. Nobody reads this chat, so I cannot pass it on. If one of the signs below fits, get help now.
lesson-question-title = **One question about today**
lesson-question-done = Thank you.

## Lessons
lesson-push = **{ $title }**

    Today's lesson, about { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }. It waits for you, so take your time.
lesson-open = Open the lesson
card-head = _{ $title } · { $number } of { $total }_
card-next = Go on
card-onward = Go on with card { $number } of { $total }
card-step = Today's small step
card-why = Why? A little deeper
why-head = **Why?**
step-head = **Your small step**
step-smaller = _Too much today? Then just this:_
quiz-open = One quick question
lesson-finish = Done
quiz-head = **One quick question.** It is only there to help the idea stay.
quiz-option = { $letter }. { $text }
quiz-chosen = You chose { $letter }: { $text }
quiz-hint = Thank you. I did not catch which one you mean, so please tap its letter or type it. If something is new or frightening, send /urgent.
quiz-skipped = That is fine. It may come back on another day, or not at all.
recall-head = **An idea from before.** See what comes to mind.
recall-open = One quick question
recall-offer = An idea or two from your lessons is ready to come back, if you like.
recall-thanks = Thank you. Going back to an idea helps it stay.
recall-none = There is nothing to look back on right now.
lesson-gone = That lesson has changed since I sent this button. Your place is kept.
lesson-end = That is all for today. This is a good moment to rest.
read-again = Read it again
day-title = **{ $title }**
next-item = { $kind ->
    [practice] The next practice day
    [check] Your check day
   *[lesson] The next lesson
 } comes { $when ->
    [today] today at { $time }.
    [tomorrow] tomorrow at { $time }.
    [date] on { $date } at { $time }.
   *[later] { $weekday ->
        [0] on Monday
        [1] on Tuesday
        [2] on Wednesday
        [3] on Thursday
        [4] on Friday
        [5] on Saturday
       *[6] on Sunday
    } at { $time }.
 }
next-after-waiting = The next one comes after you have opened it.
next-none = Nothing further is planned right now.
next-course-over = You have been through everything there is in the course so far.
course-over =
    You have been through everything there is in the course so far. From now on I stay quiet: no lessons and no check-ins.

    Your place and answers are kept. /next brings anything new, /export gives you a copy, and /delete erases everything. I wish you well.
next-once-a-day = You have already brought one forward today. One a day gives an idea time to settle.
picture-describe = Describe the picture
picture-in-words = _The picture:_ { $alt }
picture-gone = I cannot find that picture any more. /today shows what there is.

## Today
today-waiting = **{ $title }** is waiting for you, about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 }.
today-half-read = Today's lesson is **{ $title }**. You can go on where you left it.
today-half-read-before = You are partway through **{ $title }**. You can go on where you left it.
today-item = Today was **{ $title }**.
today-checkin = Today's check-in is open.
today-nothing = Nothing is waiting for you today.
today-paused = The course is paused.
start-again = You have already started, and your place is kept.
welcome-back = Welcome back. We go on where you left off.
unblocked = Good to have you back. Your place is kept.
left-come-back = You have stopped the course, and your place is kept. Would you like to go on?
come-back = Go on where I left off

## Pace and settings
paused = The course is paused. No messages come from me in that time.
paused-at-rest = One thing stays as it was: I will still ask once how you are.
pause-ask = How long would you like a rest? You can tap or type a number of days.
pause-unknown = I did not catch how long. You can tap one, or type a number of days from 1 to 365.
pause-guess = Do you mean { $days ->
    [one] 1 day
   *[other] { $days } days
 }?
pause-other = Another length
pause-3 = 3 days
pause-7 = 1 week
pause-14 = 2 weeks
pause-until-back = Until I come back
pause-open = /resume wakes it up whenever you like.
pause-until = It wakes up on { $date }. /resume wakes it up sooner.
resume = Go on now
resumed = The course goes on. There is nothing to catch up on.
slower-done = More room, then: two lessons a week and a check day. /settings goes back to the steady pace.
slower-already = You are on the gentle pace already. Would a rest help?
pace-steady = steady, four lessons a week
pace-gentle = gentle, two lessons a week
settings-title = **Your settings**
settings-saved = Saved.
settings-lesson-hour = Lesson hour
settings-checkin-hour = Check-in hour
settings-quiet = Quiet hours
settings-pace = Pace
settings-place = Place and time zone
settings-zone = { $zone }, { $time } now
settings-quiet-ask = When should I stay silent? Replies to what you write still come.
quiet-unknown = I did not catch two times there. You can type them, such as 22:00-07:00, or tap.
quiet-guess = Do you mean silent from { $start } to { $end }?
quiet-other = Other quiet hours
pace-unknown = I did not catch which pace you mean. You can tap it, or type gentle or steady.
settings-pace-ask = Which pace suits you now? The order of lessons stays the same.
settings-change-hour = Change that hour
quiet-clash-lesson-hour = Your lesson comes at { $time }, which would fall in those quiet hours. Please choose another lesson hour first, or other quiet hours.
quiet-clash-checkin-hour = Your check-in comes at { $time }, which would fall in those quiet hours. Please choose another check-in hour first, or other quiet hours.

## Rest after a danger sign
rest-stays = The course is resting. You come first. When you are ready, it goes on where it was.
rest-stays-a-day = The course is resting. You come first. Let us give it a day. The numbers are here whenever you need them.
rest-seen = I have been seen
rest-go-on = I would like to go on
rest-seen-noted = Thank you, I am glad somebody looked at it. The course still rests for now. Once a day has passed, I ask how you are.
rest-not-yet = Not yet
rest-numbers = Show numbers
rest-over = The rest is over already. /today shows what there is.
rest-ended = Thank you. Then the course goes on, gently.
rest-ended-alone = Thank you. The rest is over.
rest-ended-onboarding = Thank you. Then let us go on with setting up.
wellbeing = How are you today? There is no lesson in this message. If you would like the course to go on, tap below. If not, it keeps resting.
wellbeing-goes-on = How are you today? There is no lesson in this message. The course goes on from tomorrow. If you would rather have more rest, send /pause. The numbers stay here.
wellbeing-completed = How are you today? There is no lesson in this message, and nothing more is planned. The numbers stay here.
wellbeing-paused = How are you today? There is no lesson in this message, and the pause stays as it is. The numbers stay here.
wellbeing-setting-up = How are you today? If you like, we go on with setting up. If not, I stay quiet.
wellbeing-seen = How are you today? Has somebody been able to look at what you told me about? The course waits until then.

## Leaving
stopped =
    Done. No more messages come from me.

    Your answers and your place are kept in case you come back with /start. /delete erases everything. I wish you well.
stop-onboarding =
    Done. Nothing had started yet, and I will not write on my own.

    What you told me so far is kept in case you come back with /start. /delete erases it.
delete-all = Erase everything
delete-ask = This erases everything I keep about you: your answers, your hours, your place in the course. It cannot be undone. Shall I?
delete-yes = Yes, erase it
delete-no = No, keep it
delete-kept = Nothing was erased.
delete-nothing = There is nothing kept about you.
erased = Everything I kept about you is being erased now. It is gone within a minute.
erased-chat = This chat itself stays on your phone and with Telegram until you clear it there. /start begins anew if you ever wish.
privacy = **What is kept about you**

    Your country, time zone and hours, your answers, the lessons you had, and your one line about what matters. Not your name, and not what you type outside a question.

    It is kept by { $operator } ({ $contact }) until you erase it. Nobody reads the chat live. After a danger sign I note the time and the kind of sign, never your words.
privacy-stranger = Nothing is kept about you now. If you start and agree, this is what I would keep:
export-now = Send me a copy
export-caption = Here is what I keep about you, once as JSON and once as a table (CSV).
export-nothing = There is nothing kept about you.

## Help and odd things
help = **What you can do**

    - /today shows what is there for today
    - /next opens the waiting lesson, or the next one early
    - /checkin opens today's check-in
    - /pause and /resume give you a rest and wake the course
    - /slower gives you more room
    - /toolkit and /questions answer what people ask most
    - /map looks at what may be adding to your pain
    - /flare opens your plan for a hard spell
    - /settings changes hours, place and pace
    - /privacy, /export and /delete are about your data
    - /stop ends the messages
    - /urgent shows danger signs and numbers, at any time
    - /about says what this is made from

    I am education, not a clinic, and nobody reads this chat live.
puzzled =
    Thank you for writing. I am a small program, so I could not take that in. The buttons below show what I can do.

    If something is new or frightening, in your body or your mind, send /urgent.
unknown-command = That is a command I do not know. The buttons below show what I can do. If something is new or frightening, send /urgent.
voice = Thank you for speaking to me. I cannot listen to voice messages, so I do not know what you said. If it is urgent, please tap below. If not, typing works.
media = Thank you. I cannot see pictures or stickers, but words and buttons work.
edited = You changed an older message, and I can only answer new ones. Please send it once more if it still matters. To change an answer, tap the button under it.
group-goodbye = Hello. I only work in a private chat, because health is private, so I leave this group now. Write to me directly and send /start.
went-wrong = Something went wrong on my side with your last message, and I could not finish it. Your earlier answers are safe. Please try again in a little while. If it is urgent, send /urgent.

## What is scheduled, for the time machine
due-lesson = Lesson: { $title }
due-practice = Practice day: { $title }
due-check = Check day: { $title }
due-checkin = Daily check-in
due-wellbeing = A plain "how are you" after the rest
due-resume = The pause ends
due-sending = A message on its way
why-on-time = at the hour the learner chose
why-moved = wanted { $wanted }; moved by quiet hours, the two hours between messages, or the two a day
why-sending = waits for its turn

## How the bot is described on Telegram
command-start = Begin, or find your place
command-today = What there is for today
command-next = The waiting lesson, or the next one early
command-checkin = Today's check-in
command-pause = Rest for some days
command-resume = Wake the course
command-slower = More room between lessons
command-settings = Hours, place and pace
command-privacy = What is kept, and by whom
command-export = A copy of your data
command-delete = Erase everything
command-stop = End the messages
command-urgent = Danger signs and numbers
command-help = What you can do
bot-description =
    A calm course for people who live with long-lasting pain: short lessons at your own hour, over eight weeks.

    It is education, not a doctor, and nobody reads the chat live. Send /urgent at any time for danger signs and help lines.
bot-short-description = A paced course about long-lasting pain. Education, not treatment.

## Lessons that may be skipped, practice days with a question
lesson-skipped = That is fine. It is let go, and nothing will ask about it.
practice-question = Answer one question

## Looking things up
toolkit-head = **The toolkit.** Tools and remedies people ask about: what is known, and who should take care.
toolkit-empty = There is nothing in the toolkit yet.
toolkit-all = All of the toolkit
toolkit-for-you = **For you first**
toolkit-ask-first = A doctor or pharmacist who knows your medicines can tell you more.
toolkit-what = **What it is**
toolkit-strength = **How well it is tested**
toolkit-safety = Safety, and what to ask
toolkit-who-must-not = **Who should leave it, or ask first**
toolkit-clashes = **What it does not go with**
toolkit-ceiling = **How much is too much**
toolkit-ask = **What to ask**
questions-head = **Questions people ask.** Tap a number.
questions-empty = There are no question cards yet.
questions-all = All questions
card-gone = That card has changed since I sent this button. /toolkit and /questions show what there is.
onward-clinician = A doctor, nurse, physio or pharmacist who knows you can look at this with you.
onward-later = A lesson on this comes later in the course: { $title }.
how-do-you-know = How do you know?
evidence-head = _How do you know? { $number } of { $total }_
evidence-strong = **How sure:** strong. Many good studies agree.
evidence-moderate = **How sure:** fairly. Good studies point this way, with some doubt left.
evidence-limited = **How sure:** somewhat. There are few studies, or they differ.
evidence-very-limited = **How sure:** little. It is early, and could well change.
evidence-sources = **Where it comes from**
evidence-unseen = { $source } (named from memory, not looked at again yet)
evidence-compiled = _Compiled { $compiled }, not yet reviewed by a clinician._
evidence-reviewed = _Compiled { $compiled }, reviewed by a clinician { $reviewed }._
evidence-next = The next one
about = **{ $title }**, version { $version }.

    The weekly three questions are the PEG scale (Krebs and others, J Gen Intern Med 2009). The four mood questions are the PHQ-4 (Kroenke and others, Psychosomatics 2009), shared by Pfizer for free use. All other questions are this project's own.

    Lessons may be shared under CC BY 4.0, the program under Apache 2.0. No clinician has reviewed the lessons yet unless a card says so. It is education, not a diagnosis or a treatment.
command-toolkit = Tools and remedies, and who should take care
command-questions = Questions people ask
command-about = What this is made from

## The flare plan
flare-open = My flare plan
flare-head = **Your flare plan.** A flare is a spell of more pain that passes. Most settle in days.
flare-first = **First:** is anything new, or does it frighten you? Then look at the danger signs: /urgent.
flare-steps =
    Then, for a few days:

    - **Half.** Do about half of what you usually do, with short rests between. Not nothing.
    - **Comfort.** Something that soothes you: soft music, a pillow, a kind voice.
    - **Breath.** Some slow breaths, with no holding. Stop if you feel dizzy or upset.
flare-help-anyone = **Get help** for a danger sign, for a new kind of pain, or if it has not settled after about two weeks.
flare-medicine = No more medicine than your prescription or the packet says, in a flare too.
flare-line-half = Cut back to half
flare-line-keep = Keep doing
flare-line-comfort = Comfort
flare-line-tell = Who to tell
flare-line-help = When to get help
flare-line-help-own = And for me
flare-help-standing = danger signs (/urgent), a new kind of pain, or not settling after about two weeks
flare-not-yet = not written yet
flare-write = Write my plan
flare-change = Change a line
flare-ask-half = **Cut back to half.** What would you halve for a few days? Half is easier on you than stopping, and easier to come back from.
flare-ask-keep = **Keep doing.** Which small things would you keep, even then? They keep a day a day.
flare-ask-comfort = **Comfort.** What soothes you? If it is warmth: only where your skin feels well, not over a medicine patch, and not while asleep.
flare-ask-tell = **Who to tell.** Who would you like to know that it is a flare, and what would you say? Only somebody who feels safe.
flare-ask-help = **When to get help.** This part is always there: for danger signs (/urgent), for a new kind of pain, or if it has not settled after about two weeks.

    Would you like to add something, such as where you would call? The danger signs need no typing; they are in it already.
flare-example-half = Half the shopping, half the dishes, and a rest after ten minutes
flare-example-keep = Getting up at my usual time, and a few steps every hour
flare-example-comfort = A quiet room, my own music, a pillow under my knees
flare-example-tell = My neighbour: "It is a flare. I will be slow this week."
flare-example-help = The practice nurse, in the mornings
flare-for-example = For example
flare-now = It says now
flare-use = Take the example
flare-keep = Keep it
flare-out = Take it out
flare-kept = That is in your plan.
command-map = What may be adding to your pain
command-flare = Your plan for a hard spell

## Questions for a clinician
clinician-open = Questions for a clinician
clinician-head = **Questions for a clinician.** Take them along to your next visit.
clinician-none = None is kept yet.
clinician-ask = What would you like to ask? Type one question.
clinician-add = Add a question
clinician-remove = Remove one
clinician-which = Which one may go?
clinician-kept = That is kept.
clinician-full = Twenty are kept, which is as many as fit. Removing one makes room.

## Minutes, hours asleep and times of day
minutes-short = { $minutes } min
hours-and-minutes = { $hours ->
    [0] { $minutes } min
   *[other] { $hours } h{ $minutes ->
        [0] {""}
       *[other] {" "}{ $minutes } min
    }
 }
form-same = Same as yesterday
form-hint-minutes = Thank you. I did not catch a number of minutes there, so please tap one or type it, such as 12. If something is new or frightening, send /urgent.
form-hint-asleep = Thank you. I did not catch a number of hours there, so please tap one or type it, such as 6 and a half. If something is new or frightening, send /urgent.
form-hint-clock = Thank you. I did not catch a time there, so please tap one or type it, such as 22:30. If something is new or frightening, send /urgent.
ends-minutes = _You can also type another number._
ends-clock = _You can also type another time._
gate-crash-noted =
    Thank you for telling me. The coming two weeks become steady days: no timed trials and no steps up.

    Staying inside your energy limit comes first, on good days too. A clinician should hear about the crashes.

## Asking the safety answers again
reask-title = **Before this lesson**
reask-note = _A look at your safety answers. What is not answered counts as a yes, to be careful._
reask-ask = Has anything changed?
reask-label = Safety answers
reask-same = Nothing has changed
reask-changed = Something has changed
reask-done = Thank you. That keeps the lesson safe for you.
gate-open = not answered

## My pain map
map-open = My pain map
map-intro = **My pain map.** About three minutes. You can leave it at any point and go on later.
map-not-diagnosis = This is not a diagnosis. It shows what may be adding to your pain and what you could work on.
map-signs-why = Safety comes first: three short lists, then one question.
map-signs-ask = **List { $number } of 3.** Is any of these true for you now, or new in the past days? A thing you have had for a long time, with nothing new about it, is not meant.
map-signs-one = One of these
map-signs-which = Which line is it? If you are not sure, take the one that comes closest.
map-signs-cannot-tell = I cannot tell which
map-signs-alone = **One question by itself.** You need not answer it.
map-signs-alone-tap = I am not sure I read that right. Please tap a button, or type yes or no. If you are in danger, send /urgent.
map-not-today = There is no map today. It keeps; /map opens it on another day.
map-later = Leave it for now
map-left = That is fine. Your answers so far are kept, and /map goes on with them.
map-question = _My pain map · { $done } of { $total } answered_
map-new = A new map, beside this one
map-choose = Choose what to work on
map-more-levers = Show the others
map-no-lever = None for now
map-no-lever-kept = That is a fair answer. You can choose later.
map-levers-kept = Kept. Where a practice day has a small step for it, that one comes. You can choose anew at any time with /map.
map-three = Three at most. Tap one to let it go.
map-pick = **What would you like to work on?** Tap up to three, starting with the one you would like to begin with. One is enough.
map-result = **My pain map**, { $date }
map-clinician-head = **First, to show a clinician**
map-levers-head = **What you could work on, in your words**
map-chosen-head = **You chose**
map-then-and-now = **Then and now**
map-unsure-head = **You were not sure about these.** You could watch for them, or ask.
map-to-ask = To ask
map-shows-nothing = Nothing stands out today, and that is an answer too. You can still choose something to work on.
map-row-none = nothing that stood out
label-clinician = Seen by a clinician
choice-map-often-0 = Never or no
choice-map-often-1 = Sometimes
choice-map-often-2 = Often
choice-map-often-not-sure = Not sure
choice-map-places-one = One place
choice-map-places-few = A few places
choice-map-places-most = Most of the body
choice-map-places-not-sure = Not sure
map-why-sleep = _Why we ask: poor sleep can add to pain, and sleep care helps even while pain stays._
ask-map-sleep-1 = In the past month: **Sleep is poor most nights.**
label-map-sleep-1 = Poor sleep most nights
ask-map-sleep-2 = In the past month: **I lie awake for long spells.**
label-map-sleep-2 = Awake for long spells
map-why-stress = _Why we ask: many people notice more pain when life is hard. The pain is real either way._
ask-map-stress-1 = In the past month: **Life feels like too much.**
label-map-stress-1 = Life feels too much
ask-map-stress-2 = In the past month: **My pain rises on tense days.**
label-map-stress-2 = More pain on tense days
map-why-past = _Why we ask: there is skilled help, if it is wanted. I will not ask whether there was anything, or what._
ask-map-past-1 = Would you like to see what help there is for hard things from the past?
label-map-past-1 = Help for the past
map-why-boom-bust = _Why we ask: big days followed by flat ones are common, and steadier days are easier._
ask-map-boom-bust-1 = In the past month: **I do a lot on good days and pay for it.**
label-map-boom-bust-1 = A lot on good days
ask-map-boom-bust-2 = In the past month: **I stop halfway because of a crash.**
label-map-boom-bust-2 = Stopping halfway
map-why-guarding = _Why we ask: small, safe versions of a move can make it feel safer again._
ask-map-guarding-1 = In the past month: **I avoid moves I fear.**
label-map-guarding-1 = Moves I avoid
ask-map-guarding-2 = In the past month: **I have stopped things I enjoy.**
label-map-guarding-2 = Things I stopped
map-why-eating = _Why we ask: food is a side lever for pain, and alcohol can break up sleep._
ask-map-eating-1 = In the past month: **Most meals are packaged or skipped.**
label-map-eating-1 = Packaged, skipped meals
ask-map-eating-2 = In the past month: **I drink more alcohol than I want to.**
label-map-eating-2 = More alcohol than I want
map-why-medicines = _Why we ask: a yearly review is a good idea. Nothing here says to change a medicine._
ask-map-medicines-1 = I take painkillers most days.
label-map-medicines-1 = Painkillers most days
ask-map-medicines-2 = They have not been reviewed in the past year.
label-map-medicines-2 = No review this year
map-why-headache = _Why we ask: headache pills on too many days can bring headaches of their own. A clinician can look at the count._
ask-map-headache-1 = I take headache pills on 10 or more days a month.
label-map-headache-1 = Headache pills, 10+ days
map-why-shortage = _Why we ask: a few shortages can bring nerve signs, and a test can show them._
ask-map-shortage-1 = My feet or hands are numb or tingle.
label-map-shortage-1 = Numb feet or hands
ask-map-shortage-2 = I am vegan, over 65, had stomach or bowel surgery, or take metformin or acid blockers.
label-map-shortage-2 = Reasons for low B12
map-why-alone = _Why we ask: pain can shrink a world. People who feel included tend to be less held back by it._
ask-map-alone-1 = In the past month: **Days pass without talking to anyone.**
label-map-alone-1 = Days without talking
ask-map-alone-2 = In the past month: **Nobody around me gets the pain.**
label-map-alone-2 = Nobody gets the pain
map-why-nerve = _Why we ask: these can point to a nerve, which has tests and treatments of its own._
ask-map-nerve-1 = In the past month: **Burning, shocks, pins and needles, or numb patches.**
label-map-nerve-1 = Burning, shocks, numbness
ask-map-nerve-2 = In the past month: **Light touch hurts.**
label-map-nerve-2 = Light touch hurts
map-why-joint = _Why we ask: some joint trouble needs care early._
ask-map-joint-1 = In the past month: **Stiff over 30 minutes most mornings, easier with moving.**
label-map-joint-1 = Stiff in the morning
ask-map-joint-2 = In the past month: **Woken late in the night by pain; swollen joints; psoriasis or bowel disease.**
label-map-joint-2 = Late-night pain, swelling
map-why-spread = _Why we ask: it says which lessons may fit. It cannot say what kind of pain it is._
ask-map-spread-1 = Where is the pain?
label-map-spread-1 = Where the pain is
ask-map-spread-2 = In the past month: **Light, noise or touch feel too strong.**
label-map-spread-2 = Light, noise, touch
map-shows-sleep = **Sleep may be adding load**
map-shows-stress = **Stress may be adding load**
map-shows-past = **There is skilled help for this.** A doctor or nurse can name somebody trained for it, and two lessons say more. Only if you wish, and at your pace.
map-shows-mood = **Mood may need care of its own**
map-shows-boom-bust = **Pacing may help**
map-shows-guarding = **Small safe steps may help**
map-shows-eating = **Food is a side lever**
map-shows-medicines = **A review of your medicines**
map-shows-alone = **Contact is a lever**
map-shows-spread = A sensitive system can be part of it. The first weeks of the course are about that.
map-clinician-nerve = **Ask about nerves.** Nerve signs have tests and treatments of their own. New weakness, or numbness that spreads: /urgent.
map-clinician-joint = **See a clinician soon.** Some joint trouble needs care early. With a painful red eye: /urgent.
map-clinician-shortage = **Ask about a B12 test,** before any pills for it.
map-clinician-headache = **Show this count to a clinician:** headache pills on 10 or more days a month. Some must not be stopped suddenly, so plan any change together.
map-clinician-medicines = **Book a review** of your medicines with a prescriber or pharmacist. Until then, go on as prescribed.
map-clinician-mood = **Mood may need care of its own.** A doctor, nurse or counsellor can help. /urgent has the help lines.
map-clinician-alcohol = **Alcohol, more than you want to.** A doctor or nurse can help, and it is nothing to be ashamed of. Never stop heavy daily drinking suddenly: that can be dangerous, so get help with it. With opioids, sedatives or sleeping pills, alcohol can stop your breathing.
lever-sleep = Sleep
lever-stress = Stress
lever-past = Help with the past
lever-mood = Mood
lever-boom-bust = Pacing
lever-guarding = Small safe moves
lever-eating = Food
lever-medicines = Medicines review
lever-alone = People
map-row-sleep = sleep
map-row-stress = stress
map-row-past = help with the past
map-row-mood = mood
map-row-boom-bust = pacing
map-row-guarding = small safe steps
map-row-eating = food
map-row-medicines = medicines review
map-row-headache = headache days
map-row-shortage = B12 test
map-row-alone = contact
map-row-nerve = nerve signs
map-row-joint = joint signs
map-row-spread = a sensitive system
map-row-alcohol = alcohol

## Sleep log
sleep-log-note = _Last night. A rough guess is right._
ask-to-bed = When did you go to bed?
label-to-bed = To bed
ask-asleep = About how many hours were you asleep?
label-asleep = Asleep
ends-asleep = _You can also type it, such as 6 and a half._
ask-up = When did you get up?
label-up = Up
sleep-log-longer = That is more sleep than time in bed, so one of the three does not fit. About how many hours were you asleep? You can change the times as well, or skip it.
sleep-log-clocks = Those two times do not fit a night. Shall we try once more? You can also skip it.

## The sleep number and the sleep window
percent = { $percent } percent
sleep-number = Your sleep number for the past week is **{ $percent } percent**. It comes from the { $nights } nights you logged.
sleep-number-asleep = Asleep, on average
sleep-number-in-bed = In bed, on average
sleep-number-guide = About 85 or more is good for most adults. A lower number is not dangerous. It is a guide, and one piece of news about the week.
sleep-number-none = There is no sleep number yet. { $logged ->
    [0] No night
    [one] 1 night
   *[other] { $logged } nights
 } of the past seven { $logged ->
    [one] was
    [0] was
   *[other] were
 } logged, and it takes { $enough }. Fewer can mislead. Nothing is lost.
window-span = { $lights } to { $rise }
window-old = Your usual time in bed
window-new = With the change
window-now = Time in bed now
window-number = Sleep number
window-offer = Your sleep number is { $percent } percent. If you like, you could go to bed a little later, at { $lights }. You get up at { $rise } as before.
window-offer-care = Expect to be sleepier at first. Do not drive or use machines when sleepy. You can undo it at any time, and "no" is a full answer.
window-take = Yes, I will try it
window-take-cut = Yes, 15 minutes less
window-take-add = Yes, 15 minutes more
window-keep = No, keep it as it is
window-kept = Then nothing changes. That is a full answer.
window-stale = That offer no longer fits, because some time has passed or something has come up. Nothing has changed.
window-set = From tonight: lights out at { $lights }, up at { $rise }. Go to bed when you are sleepy, and no sooner than that.
window-may-undo = You can undo it at any time, here or in /settings. Strong sleepiness, a fall or a lower mood are reasons to undo it at once and tell a clinician.
window-undo = Undo, back to my old time
window-none = Your time in bed is as it always was. There is nothing to undo.
window-head = **My sleep window**
settings-window = My sleep window
window-back = Your old time in bed holds again from tonight: from about { $lights } to { $rise }.
window-back-kind = That is the safe way, and it loses nothing. If you are very sleepy by day, please do not drive, and tell a clinician.
window-back-gate = One of your safety answers now speaks against less time in bed, so it goes back. A clinician who knows you can say more.
window-keep-rising = Keep the time you get up, if it suits you. That is the step for now.
window-no-gates = There is no offer for you here. One of your safety answers asks for more care, or one is still open.
window-no-not-asked = There is no offer today, since the safety questions were not gone through today.
window-no-sleepy = There is no offer today. Sleepiness comes first, so nothing changes. Please do not drive or use machines when sleepy.
window-no-few = There is no offer today, because fewer than five of the past seven nights were logged.
window-no-good = Your sleep number is 85 percent or more. There is nothing to shorten, so nothing changes.
window-no-floor = There is no room to shorten your time in bed: it never goes below six hours here. Nothing changes.
window-no-flare = There is no offer while a flare is open. Nothing changes.
window-no-harm = Something got worse in the past week, so there is no offer now. Nothing changes.
window-review-head = **A look at your sleep window**
window-hold-few = Fewer than five of the past seven nights were logged, so it stays as it is.
window-hold-fair = Between 80 and 84 it stays as it is for this week.
window-hold-floor = Time in bed never goes below six hours here, so it stays as it is. If nights stay hard, a clinician can help further.
window-hold-flare = While a flare is open it stays as it is.
window-hold-harm = Something got worse in the past week, so it stays as it is.
window-hold-early = It is not a week old yet, so it stays as it is.
window-hold-gates = It stays as it is. One of your safety answers asks for more care.
window-hold-last = The course ends here, so nothing more is taken off. If nights are still hard, please take it to a clinician. You can also go back to your old time.
window-add = At 85 percent or more you may have 15 minutes more in bed.
window-add-last = At 85 percent or more you may have your old time in bed back. The change has done its work.
window-cut = Under 80 percent, you could take off 15 more minutes. Only if your days are awake enough for it.
mood-low = Thank you for saying so. A lower mood deserves help of its own, and it is not a failing. A doctor, nurse or counsellor can help. If it ever gets too much, these are there for you:
map-sheet-title = My pain map, { $date }
map-sheet-levers = What you could work on
map-sheet-unsure = Not sure yet: to watch or ask
map-keep = A picture to keep
map-keep-caption = Your map as a picture. It shows health matters, so mind where you keep it.

## The starting line of the movement weeks
line-start = **Your starting line: about { $minutes } min.** Your { $made ->
    [2] two
   *[other] three
 } trials were { $trials } min. This is a fifth less than their average, so that it works on poor days too.
line-start-care = It is a rule of thumb and no verdict. If it looks like too much, choose less. A stop sign comes before any line, and with an open flare plan half of it is enough.
line-less = Choose less
line-too-few = It takes { $enough } trials for a starting line, and { $made ->
    [0] none is noted so far
   *[other] one alone says little
 }. A missing trial can follow on any calm day. Nothing is lost.
line-now = Your line is about { $minutes } min.
line-none = There is no line yet, and you do not need one. Any amount that you can do on a poor day is a good amount.
line-step = Your line is { $now } min, and your days on it were calm. If you like, you can go up one small step, to { $step } min. You can also hold, or drop.
line-rough = Two rough weeks in a row. That is expected now and then, and the plan has an answer: about a fifth less, so { $drop } min in place of { $now }, and rebuild from there.
line-hold-rest = The course is resting, so your line of { $now } min stays as it is.
line-hold-flare = With a flare, your line of { $now } min stays as it is. About half of it is enough for now.
line-hold-harm = Something got worse in the past week, so your line of { $now } min stays as it is.
line-hold-ache = There was a lot of ache, so your line of { $now } min stays as it is.
line-hold-early = Your line changed in the past week, so { $now } min stays as it is for now.
line-hold-few = A step comes after three or more calm days on your line. So for now, hold: { $now } min.
line-hold-rough = Two rough weeks in a row. Your line is as low as it goes, so { $now } min stays.
line-choose-step = Step up to { $minutes } min
line-choose-hold = Hold at { $minutes } min
line-choose-drop = Drop to { $minutes } min
line-kept-step = Your line is { $minutes } min now. Stay there for about a week. If there is a lot of ache on the next day, go back.
line-kept-hold = Your line stays at { $minutes } min. Holding is part of the plan.
line-kept-drop = Your line is { $minutes } min now. Stepping back is part of the plan.
line-stale = That choice no longer fits, because something has come up since. Nothing has changed.
line-back = Back to your old line, then: { $minutes } min. A step that was too much tells you something, and nothing is lost.
line-days = So far: { $days ->
    [0] no day noted on your line
    [one] 1 day on your line
   *[other] { $days } days on your line
 }{ $other ->
    [0] .
    [one] , and 1 day with more or less of it.
   *[other] , and { $other } days with more or less of it.
 } It is a plain count, and there is nothing to catch up on.
line-then-same = Your line was { $then } min at the start, and it is { $now } min now. A held line is a plan that was kept.
line-then-more = Your line was { $then } min at the start, and it is { $now } min now.
line-then-fewer = Your line was { $then } min at the start, and it is { $now } min now. A lower one may be the wiser one.
ask-line-day = Yesterday, how did it go with your line of { $minutes } min?
label-line-day = Your line
choice-line-day-yes = About my line
choice-line-day-less = Less
choice-line-day-more = More
choice-line-day-none = Not that day

## Check days: change, sleep effects, looking back
ask-change = Since you started, how are you overall?
label-change = Overall
choice-change-much-better = Much better
choice-change-better = Better
choice-change-little-better = A little better
choice-change-same = The same
choice-change-little-worse = A little worse
choice-change-worse = Worse
choice-change-much-worse = Much worse
ask-effects-driving = Since your time in bed changed: were you sleepy while driving, or at work with machines?
label-effects-driving = Sleepy driving
ask-effects-fall = Since your time in bed changed: did you fall, or nearly fall?
label-effects-fall = A fall
ask-effects-mood = Since your time in bed changed: has your mood gone down?
label-effects-mood = Lower mood
choice-sleep-effects-no = No
choice-sleep-effects-yes = Yes
peg-done = Thank you. That is all for this week.
peg-better = A look back: your three numbers of the past two weeks are lower than in your first two, by more than the usual ups and downs. Weeks differ, and this is a fair sign.
peg-about-the-same = A look back: your three numbers of the past two weeks are about the same as in your first two. Pain moves slowly, and a number does not show everything.
peg-worse =
    A look back: your three numbers of the past two weeks are higher than in your first two. I am sorry. It is nobody's fault, and it can have many reasons.

    Going slower is a sensible answer, and so is leaving out what did not suit you. Please talk with a doctor, nurse or physio about it. For anything new or frightening, send /urgent.
peg-slower = Go slower

## The end of the course
summary-head = **Your course, in short.** From { $from } to { $to }. Made from your own answers, for you, and for a clinician if you like. It is not a diagnosis.
summary-peg = **PEG scale, 0 to 10, lower is better** (mean of two weeks)
summary-peg-first = First two weeks
summary-peg-last = Last two weeks
summary-peg-too-few = PEG scale: too few weeks were answered to compare.
summary-confidence = How sure of doing what matters, first and last (0 to 10)
summary-change = Overall since the start
summary-line = Minutes on the line, at the start and now
summary-lever = Worked on, { $number }
summary-medicines = **A question to take along:** could we go through all my medicines and supplements together, what each is for, and whether it still suits me? Please change nothing before that talk.
summary-question = My question { $number }
summary-foot = One number is not a verdict. /export gives you all your answers.
after-ask = **What would you like from here on?** You can change your mind at any time in /settings.
after-booster = A short booster, now and then
after-peg = Three questions once a week
after-quiet = Quiet
after-booster-kept = Then a short booster comes a few times in the months ahead. /stop ends it.
after-peg-kept = Then the three questions come once a week, and nothing else. /stop ends it.
after-quiet-kept = Then I stay quiet. Your map, your plan and the cards stay here for you.
settings-after = What comes after the course
course-over-booster =
    You have been through the whole course. No more lessons and check-ins come, only a short booster now and then, as you chose.

    /settings changes that, /export gives you a copy, and /stop ends it. I wish you well.
course-over-peg =
    You have been through the whole course. No more lessons and check-ins come, only the three questions once a week, as you chose.

    /settings changes that, /export gives you a copy, and /stop ends it. I wish you well.
course-over-quiet =
    You have been through the whole course. From now on I stay quiet, as you chose.

    Your place and answers are kept. /settings changes what comes, /export gives you a copy, and /delete erases everything. I wish you well.
