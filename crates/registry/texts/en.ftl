registry-nav-directory = Businesses
registry-directory-title = Business directory
registry-directory-about = { $a } businesses checked by an officer, without personal data of their owners.
registry-directory-search = Find a business or trade
    .placeholder = For example: bandeng presto
registry-directory-count = { $a ->
    [one] one business
   *[other] { $a } businesses
 }
registry-directory-empty = No business matches
registry-directory-empty-why = Check the spelling, or take the filters off.
registry-directory-all = See all businesses
registry-apply-filters = Apply
registry-district = District
registry-category = Kind of business
registry-checked-on = Checked by an officer on { $a }
registry-map-title = Checked businesses by district
registry-map-unit = Businesses
registry-not-open = This business is not public yet
registry-not-open-why = Only its owner and officers see this page until the registration has been checked.
registry-photo-of = Photo of { $a }
registry-about = About this business
registry-see-goods = See its goods
registry-number = Number
registry-place = Place
registry-class = Size class
registry-class-micro = Micro
registry-class-small = Small
registry-class-medium = Medium
registry-class-large = Large
registry-nib = NIB
    .hint = 13 digits from OSS.
registry-kbli = KBLI 2020
registry-ask-whatsapp = Ask on WhatsApp
registry-whatsapp-words = Hello { $a }, I found your business in the city's directory.

# Refusals
registry-wrong-state = This cannot be done as the business stands now. Reload the page to see how it stands.
registry-own-entry = You registered or own this business, so another officer verifies it.
registry-nib-taken = Another business has this NIB. Check the digits, or ask an officer if the NIB is yours.
registry-nik-taken = Another account has this NIK. Check the digits, sign in with the earlier account, or ask an officer.
registry-not-mergeable = These records cannot be merged because one of them is closed.
registry-reason-wanted = Write the reason so that the owner knows what to do.
registry-reason-length = A reason has at most { $a } characters.
registry-doubts-open = Some doubts have not been looked into. Settle all of them before verifying.
registry-place-wanted = The place of the business is missing. Press Change at its place, choose the village, then verify.
registry-place-missing = No place yet
registry-owner-unreachable = The owner has no account yet
registry-owner-unreachable-why = They cannot read a message here. Call them, correct the record on this page, then verify.
registry-twins-open = This business looks like another record. Decide first whether they are the same.
registry-too-many = You have registered as many businesses as can be kept. Ask an officer.
registry-already-applied = This file has been taken in before.
registry-nothing-to-apply = This file holds no list of businesses.

# States
registry-state-draft = Draft
registry-state-held = Possible duplicate
registry-state-submitted = Sent
registry-state-needs-fix = Needs fixing
registry-state-verified = Verified
registry-state-rejected = Refused
registry-state-suspended = Suspended
registry-state-stale = To be confirmed
registry-state-closed = Closed
registry-next-draft = Fill in the rest, then send it.
registry-next-held = This record looks like another one. An officer is comparing them.
registry-next-submitted = An officer is checking it. There is nothing you need to do.
registry-next-needs-fix = Mend what the officer asks for, then send it again.
registry-next-verified = Offer your goods or services to agencies and the public.
registry-next-rejected = This registration was refused. Read the reason; you may register again.
registry-next-suspended = This business is suspended and not public.
registry-next-stale = It has been a year since this record was checked. Confirm that it is still true to be public again.
registry-next-closed = This business is closed.

# Kinds of business
registry-category-makanan = Food
registry-category-minuman = Drinks
registry-category-busana = Clothing
registry-category-kriya = Crafts
registry-category-jasa = Services
registry-category-pertanian = Farming
registry-category-rumah = Household goods
registry-category-galeri = Gallery pieces

# Registration
registry-nav-own = My businesses
registry-own-title = My businesses
registry-own-empty = No business in your name yet
registry-own-empty-why = Register your business once; the record serves agency purchases, the shop and other services.
registry-add-another = Register another business
registry-open = Open
registry-start = Register a business
registry-start-title = Register your business
registry-start-about = Free, and done on a phone. Once an officer has checked it, your business is shown in { $a } and may sell to city agencies.
registry-start-join = Create an account and begin
registry-start-sign-in = I have an account
registry-start-need = What you need
registry-start-need-nik = The NIK on your identity card
registry-start-need-nik-why = Stored encrypted and never shown to the public.
registry-start-need-place = The address of the business
registry-start-need-phone = A mobile number in use
registry-start-need-nib = NIB from OSS
registry-start-need-nib-why = None yet? You can register all the same.
registry-start-need-photo = A photo of the place or the goods
registry-needed = Required
registry-optional = Optional
registry-start-then = What happens then
registry-start-step-fill = Fill it in, about 10 minutes
registry-start-step-fill-how = Saved page by page; stop and go on whenever you like, also on another phone.
registry-start-step-check = An officer checks it
registry-start-step-check-how = Within 5 working days. If something is missing you are told what and how to mend it.
registry-start-step-trade = Begin to sell
registry-start-step-trade-how = Offer goods in the city's shop and take orders from agencies.
registry-start-privacy = Only you and officers see the NIK, the address and the sales. Each look at a personal number is recorded with a name.
registry-parts = Parts
registry-task-trade = Name and trade
registry-task-kbli = Trade code (KBLI)
registry-task-place = Place of business
registry-task-photo = Photo
registry-task-owner = Owner
registry-task-size = Size and NIB
registry-task-filled = Filled in
registry-task-empty = To do
registry-save-on = Save and go on
registry-saved = Saved.
registry-go-on = Go on
registry-go-back = Back
registry-skip = Skip for now
registry-choose = Choose
registry-change = Change
registry-nothing = Not filled in
registry-yes = Yes
registry-no = No
registry-name = Name of the business
    .hint = As buyers know it, for example: Warung Soto Bu Yati.
registry-activity = What it sells or does
    .hint = In your own words, for example: chicken soto and lunch boxes.
registry-story = A short story
    .hint = Shown on the page of your business.
registry-kbli-about = OSS and agencies know a trade by this code. Choose the closest.
registry-kbli-search = Find another trade
    .placeholder = For example: katering, jahit, bengkel
registry-kbli-which = The closest trade
registry-kbli-none = No trade matches
registry-kbli-none-why = Try a more general word, or skip; an officer will help.
registry-district-which = District of the business
registry-district-change = Change district
registry-village-kelurahan = Kelurahan
registry-village-gampong = Gampong
registry-village-desa = Village
registry-street = Street and number
    .hint = For example: Jl. Menoreh Raya 41.
registry-units = RT and RW
registry-rt = RT
registry-rw = RW
registry-landmark = Landmark
    .hint = For example: beside the Al-Ikhlas mosque.
registry-point = Point on the map
    .hint = Stand at the business, then press the button.
registry-photo = Photo of the business
    .hint = Its sign or front. JPEG, PNG or WebP.
registry-photo-about = A photo helps officers and buyers to know your business. It is public.
registry-photo-save = Save the photo
registry-owner-name = Name of the owner
    .hint = As on the identity card.
registry-nik = NIK
    .hint = The 16 digits on the identity card.
registry-nik-new = Change the NIK
    .hint = Leave empty if it has not changed.
registry-nik-kept = Encrypted
registry-nik-why = Officers use the NIK to make sure that you are the owner (public task of registering small businesses); it is not shared with the public.
registry-phone = Mobile number
    .hint = It may begin with 08, 62 or +62.
registry-phone-public = Show this number to the public
registry-phone-public-why = Buyers can ask on WhatsApp. You can change this at any time.
registry-phone-shown = Number is public
registry-size-about = Used to tell micro, small and medium apart (PP 7/2021). Estimates will do; it is not public.
registry-annual-sales = Sales in a year
    .hint = For example: 180.000.000.
registry-assets = Capital
    .hint = Without land and buildings.
registry-workers = People at work, you included
registry-check-title = Check your answers
registry-check-send = Check and send
registry-not-ready = You can send it when all required parts are filled in.
registry-agree = This is true
registry-agree-why = I own this business. The city may use this record for its registry, coaching and purchases, and show its name, place and goods to the public.
registry-send = Send the registration
registry-sent = Sent. Number { $a }.
registry-sent-until = An officer answers by { $a }. You will find it in your messages.
registry-sent-then = An officer is checking it. You will find the answer in your messages.
registry-what-next = What happens next
registry-step-sent = Registration sent
registry-step-check = An officer checks it
registry-step-check-how = It is the officer's turn. There is nothing you need to do.
registry-step-trade = You begin to sell
registry-step-trade-how = Once it is verified you can offer goods in the name of this business.
registry-fix = An officer asks you to mend something
registry-trade-now = Your business is verified
registry-act-for = Act for this business
registry-offer = Offer goods
registry-see-public = See its public page
registry-confirm = It is still true
registry-confirm-until = Confirm this record by { $a }.
registry-confirmed = Thank you. This record holds for another year.
registry-checked-again = An officer checks this change
registry-checked-again-why = If the name, kind, place or a number changes, the old record holds until an officer accepts it.

# Problems of forms
registry-name-wanted = Fill in the name of the business, at least 3 letters.
registry-category-wanted = Choose the closest kind of business.
registry-activity-wanted = Write what you sell or do.
registry-story-length = A story has at most 1,000 characters.
registry-too-long = Too long. At most { $a } characters.
registry-kbli-wanted = Choose a trade, or skip.
registry-village-wanted = Choose the kelurahan or gampong of the business.
registry-street-wanted = Fill in the street or kampung and number.
registry-unit-wanted = RT and RW are numbers from 1 to 999.
registry-point-unreadable = This point cannot be read. Write it like -6.9932 and 110.4203, or leave it empty.
registry-point-outside = This point is outside the city. Stand at the business and press the button, or leave it empty.
registry-owner-name-wanted = Fill in the owner's name as on the identity card.
registry-nik-wanted = Fill in the 16 digits of the NIK.
registry-nik-length = A NIK has 16 digits. Count them again on the identity card.
registry-nik-province = The first two digits of the NIK are no province. Check the identity card.
registry-nik-birth = The birth date in the NIK does not exist. Check digits 7 to 12.
registry-nik-serial = The last four digits of a NIK are never 0000. Check the identity card.
registry-phone-wanted = Fill in a mobile number, for example 0812 3456 7890.
registry-phone-too-short = This number is too short. Mobile numbers have 10 to 13 digits, for example 0812 3456 7890.
registry-phone-too-long = This number is too long. Mobile numbers have 10 to 13 digits, for example 0812 3456 7890.
registry-nib-wanted = A NIB has 13 digits. Check the document, or leave it empty.
registry-money-wanted = Write the amount of rupiah in digits, for example 180.000.000, or leave it empty.
registry-workers-wanted = Write the number of people in digits, or leave it empty.
registry-agree-wanted = Tick that this is true before you send it.

# Timeline
registry-timeline = Timeline
registry-by-program = The program
registry-event-business-drafted = Registration begun
registry-event-submitted-owner = Registration { $a } sent
registry-event-submitted-import = Came in with a list as number { $a }
registry-event-changed-trade = Name or trade changed
registry-event-changed-place = Place changed
registry-event-changed-size = Size or NIB changed
registry-event-changed-owner = Owner's details changed
registry-event-changed-photo = Photo replaced
registry-event-changed-merged = Completed from its duplicate
registry-event-business-verified = Verified
registry-event-business-returned = Sent back for fixing
registry-event-business-rejected = Refused
registry-event-business-suspended = Suspended
registry-event-business-closed = Closed
registry-event-business-merged = Merged into another record
registry-event-business-confirmed = Confirmed by its owner
registry-event-business-stale = A year passed without confirmation
registry-event-pair-told-apart = Found not to be the same business
registry-event-doubt-settled = A doubt was settled
registry-event-class-none = Size class cleared
registry-event-class-micro = Now a micro business
registry-event-class-small = Now a small business
registry-event-class-medium = Now a medium business
registry-event-class-large = Now a large business
registry-event-seen = A personal number was looked at
registry-event-deadline-set = Awaited by { $a }
registry-event-deadline-passed = Overdue since { $a }

# Messages
registry-told-submitted = { $a } waits for an officer.
registry-told-verified = { $a } is verified. You can begin to offer goods.
registry-told-needs-fix = { $a } needs fixing: { $b }
registry-told-rejected = The registration of { $a } was refused: { $b }
registry-told-suspended = { $a } is suspended: { $b }
registry-told-closed = { $a } is closed: { $b }
registry-told-stale = { $a } has not been confirmed for a year. Open it and confirm it to be public again.
registry-verification-wait = An officer checks the registration
registry-verification-reminder = A business waits to be checked by { $due }.
registry-confirmation-wait = The owner confirms the record
registry-confirmation-reminder = Confirm the record of your business by { $due } to stay public.

# The officers' desk
registry-nav-queue = Queue
registry-nav-pairs = Duplicates
registry-nav-overview = Figures
registry-queue-title = Verification queue
registry-queue-search = Find by name, number, NIB or phone
    .placeholder = Name, number, NIB or phone
registry-queue-states = State of businesses
registry-queue-empty = Nothing here
registry-queue-empty-why = New registrations and rows of lists show up here, the longest waiting first.
registry-all = All
registry-state = State
registry-doubts = Doubts
registry-doubts-filter = Doubts
registry-doubts-with = With doubts
registry-doubts-without = Without doubts
registry-doubts-count = { $a ->
    [one] one doubt
   *[other] { $a } doubts
 }
registry-doubts-none = Complete
registry-waits = Waiting
registry-until = By { $a }
registry-late = Overdue, { $a }
registry-since = Since { $a }
registry-tick = Choose
registry-tick-one = Choose { $a }
registry-bulk = { $a ->
    [one] One row of a list on this page raises no doubt
   *[other] { $a } rows of lists on this page raise no doubt
 }
registry-bulk-why = Tick those you have looked at and verify them together. Each is recorded on its own in your name.
registry-bulk-verify = Verify those ticked
registry-bulk-all = Tick all on this page
registry-rows-wanted = Tick at least one business.
registry-too-many-rows = At most { $a } businesses at once.
registry-all-verified = All those ticked are verified.
registry-some-verified = Some are verified. The rest changed or a rule holds them back; open them one by one.
registry-pairs-wait = Compare possible duplicates
registry-pairs-count = { $a ->
    [one] one pair waits
   *[other] { $a } pairs wait
 }
registry-came-import = Came in with a list on { $a }
registry-came-owner = Registered by its owner on { $a }
registry-last-reason = Reason of the last decision
registry-merged = This record was merged into another
registry-merged-open = Open the record in use
registry-doubts-open-title = { $a ->
    [one] One thing to look into
   *[other] { $a } things to look into
 }
registry-mend = Mend
registry-settle = It is right
registry-doubt-settled = The doubt is settled.
registry-twins = Possible duplicates
registry-compare = Compare both records
registry-contested = Another registration names this NIK too
registry-contested-why = Check the identity cards of both before verifying either.
registry-claimed = { $a ->
    [one] One business of a list has the same NIK
   *[other] { $a } businesses of lists have the same NIK
 }
registry-claimed-why = If you verify, this applicant becomes the owner of these businesses. Make sure the identity card matches.
registry-data = Record
registry-looks-recorded = Each look at a personal number is recorded
registry-account = Owner's account
registry-account-yes = Yes
registry-account-no = None yet; came in with a list
registry-other-business = Another business of this owner
registry-look = Show the NIK
registry-purpose = What for
    .hint = Recorded with your name; the owner can read it.
registry-nik-shown = NIK of the owner
registry-nik-shown-why = It is gone when you leave this page. That you have seen it is recorded.
registry-evidence = Evidence
registry-no-photo = No photo yet.
registry-decision-title = Decision
registry-decision = What do you decide
registry-decision-wanted = Choose a decision.
registry-decision-verify = Verify
registry-decision-verify-why = The record and its owner are true. The business is public and may sell.
registry-decision-return = Ask for fixing
registry-decision-return-why = The owner mends it and sends it again.
registry-decision-reject = Refuse
registry-decision-reject-why = Not a business of this city, or the record is not true.
registry-decision-suspend = Suspend
registry-decision-suspend-why = Not public and not selling until verified again.
registry-decision-close = Close
registry-decision-close-why = The business trades no longer. This cannot be undone.
registry-reason = Message to the owner
    .hint = Required unless you verify. Say what is to be mended and how.
registry-decide = Save the decision
registry-now-verified = The business is verified.
registry-now-returned = Fixing was asked for.
registry-now-rejected = The registration was refused.
registry-now-suspended = The business is suspended.
registry-now-closed = The business is closed.

# Duplicates
registry-pairs-title = Possible duplicates
registry-pairs-about = { $a ->
    [one] One pair waits for a decision. Nothing is merged without an officer's word.
   *[other] { $a } pairs wait for a decision. Nothing is merged without an officer's word.
 }
registry-pairs-empty = No duplicates
registry-pairs-empty-why = When a new record looks like an older one, both show up here to be compared.
registry-pair-title = The same business?
registry-pair-newer = Newer record
registry-pair-older = Older record
registry-pair-why = Reason
registry-pair-compare = Comparison
registry-pair-differences = { $a ->
    [one] one field differs
   *[other] { $a } fields differ
 }
registry-pair-nib = Same NIB
registry-pair-nik = Same NIK of the owner
registry-pair-name-and-phone = Same name and phone
registry-pair-name-and-village = Same name and village
registry-pair-name-and-place = Same name and place
registry-pair-list = Repeated in a list
registry-field = Field
registry-differs = Differs
registry-equal = Same
registry-same = The same business
registry-same-why = Record { $a } is kept and completed; the newer one is closed and stays readable.
registry-apart = Two businesses
registry-apart-why = Both stay, and the question is not asked again.
registry-same-wanted = Choose whether they are the same business.
registry-now-merged = The records are merged.
registry-now-apart = Recorded as two businesses.
registry-source-import = From a list
registry-source-owner = Registered by the owner

# Figures
registry-overview-title = { $a } businesses on record
registry-overview-on = As of { $a }. Drafts, refused and closed ones are not counted.
registry-overview-all = On record
registry-overview-verified = Verified
registry-overview-fresh = Checked within a year
registry-overview-of-open = { $a } of those on record
registry-overview-of-verified = { $a } of those verified
registry-overview-doubts = Still with doubts
registry-overview-no-account = Verified without an owner's account
registry-overview-waiting = The longest waiting came in on { $a }
registry-overview-states = By state
registry-overview-classes = By size class
registry-overview-sources = By origin
registry-overview-map = Businesses on record by district
registry-overview-age = Age of the record by district
registry-class-unknown = Not known
registry-district-unknown = District not known
