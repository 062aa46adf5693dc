### The administrator's desk: the state of the city's machinery

operations-nav = State of Gerai
    .short = State
operations-title = State of Gerai
operations-about = Work that goes on by itself behind the pages. Looked at { $a }.
operations-well = Everything runs well. Nothing waits for you.
operations-wrong = { $a ->
     [one] One thing needs
    *[other] { $a } things need
    } a look.
operations-machine = Jobs, letters and seals
operations-since = The oldest waits since { $a }
operations-jobs-dead = Failed jobs
    .hint = Tried many times, then given up
operations-jobs-waiting = Jobs in the queue
    .hint = Done one after another
operations-parked = Events set aside
    .hint = Their follower could not handle them
operations-mails-unsent = Letters not sent
    .hint = Their list says why
operations-mails-queued = Letters waiting
    .hint = Sent as soon as the mail server takes them
operations-unsealed = Events not sealed yet
    .hint = Sealed within five minutes
operations-followers = Followers of events
operations-followers-about = Parts of the program that read every event, and how many they have not read yet.
operations-behind = { $a ->
     [0] All read
    *[other] { $a } to go
    }
operations-failing = One event failed and is being tried again
operations-unnumbered = Numbering of events
operations-jobs-about = Each was tried ten times. Mend the cause and try again; or discard what is not needed any more.
operations-jobs-none = No job has failed
operations-jobs-none-why = Jobs that gave up after ten tries appear here with the cause.
operations-job = Job
operations-subject = About
operations-why = Cause
operations-tries = Tries
operations-made = Made
operations-gave-up = Gave up
operations-kind = Name in the program
operations-machine-says = The program's note:
operations-trail = Its trail
operations-again = Try again
operations-again-about = This job joins the queue again and is tried ten more times if need be.
operations-discard = Discard the job
operations-discard-title = Discard the job: { $a }?
operations-discard-about = This job will not be done. Your reason and your name stand in the trail.
operations-reason = Reason
operations-reason-wanted = Write the reason, at most { $a } letters.
operations-parked-about = The event itself is recorded and not lost. Only its follower has not handled it.
operations-parked-none = No event is set aside
operations-parked-none-why = Events that failed five times appear here; later events go on.
operations-event = Event
operations-consumer = Follower
operations-set-aside = Set aside
operations-event-again-about = The follower handles this event now. If it fails again, nothing changes.
operations-skip = Skip the event
operations-skip-title = Skip the event: { $a }?
operations-skip-about = The follower will not handle this event. Your reason and your name stand in the trail.
operations-consumer-gone = This program has no such follower any more. The event can only be skipped.
operations-still-fails = It still fails. Nothing changed; the program's log has the cause.
operations-said-revived = The job is in the queue again.
operations-said-discarded = The job was discarded.
operations-said-handled = The event was handled.
operations-said-skipped = The event was skipped.
operations-why-fell = The program fell over while doing it. This is a fault of the program; tell its developers.
operations-why-unknown = This program does not know jobs of this kind. Run the version that made it.
operations-why-vanished = Its worker stopped halfway every time, for example because the program was ended or memory ran out.
operations-why-busy = The database did not answer. Try again after it has recovered.
operations-why-gone = Something it needs is not there any more.
operations-why-forbidden = The program may not do it any more.
operations-why-mail = The mail server does not take it. Check the smtp part of the configuration.
operations-why-other = An unusual cause. Read the program's note below.
operations-job-message-mail = Sending a letter
operations-consumer-catalog-webhooks = News of goods for other programs
operations-consumer-procurement-webhooks = News of orders for other programs
operations-consumer-registry-webhooks = News of businesses for other programs
operations-consumer-catalog-search = Search index of goods
event-job-discarded = Job discarded
event-consumer-event-skipped = Event skipped
