
## Navigation

procurement-nav-desk = My desk
procurement-nav-agencies = All agencies
    .short = Agencies
procurement-nav-orders = Orders
procurement-nav-budget = Budget
procurement-nav-outside = Bought elsewhere
    .short = Outside
procurement-nav-sales = Agency orders
    .short = Orders
procurement-nav-spending = City spending
    .short = Spending

## Words used everywhere

procurement-order = Order
procurement-agency = Agency
procurement-seller = Seller
procurement-total = Total
procurement-total-with-tax = Total, with tax and delivery
procurement-state = Status
procurement-late-since = Overdue since { $a }
procurement-goods = Goods or services
procurement-line-own = Written by the buyer; the buyer's price, not from the shelf
procurement-price = Price
procurement-sum = Sum
procurement-stock = Stock
procurement-unit = Unit
procurement-how-many = How many
procurement-how-many-of = How many of { $a }
procurement-ordered-count = Ordered
procurement-received-count = Received
procurement-received-value = Value received
procurement-choose = Choose
procurement-reason = Reason
    .hint = One or two sentences. The other side will read them.
procurement-days = { $a ->
     [one] { $a } day
    *[other] { $a } days
    }

## States

procurement-state-requested = Waits for approval
procurement-state-rejected = Not approved
procurement-state-ordered = Waits for the seller
procurement-state-declined = Declined by the seller
procurement-state-lapsed = Lapsed
procurement-state-accepted = Being prepared
procurement-state-delivered = Waits to be counted
procurement-state-handed-over = Waits for the invoice
procurement-state-invoiced = Waits for payment
procurement-state-paid = Paid
procurement-state-cancelled = Cancelled
procurement-state-part = Partly received
procurement-state-ordered-own = Waiting for your answer
procurement-state-accepted-own = Prepare and deliver
procurement-state-handed-over-own = Waiting for your invoice

## Whose turn

procurement-turn = { $a } next: until { $b }
procurement-turn-late = { $a } next: overdue since { $b }
procurement-turn-approver = Procurement officer
procurement-turn-seller = Seller
procurement-turn-receiver = Receiver
procurement-turn-treasurer = Treasurer
procurement-turn-nobody = Nobody
procurement-turn-you = you
procurement-owed = Still to come: { $a }
procurement-reason-given = Last note
procurement-open-order = Open the order
procurement-then-requested = After that the head of the agency is told.
procurement-then-ordered = Without an answer by then the order lapses and the budget is free again.
procurement-then-accepted = After that the agency is told and the delay is recorded.
procurement-then-delivered = After that the head of the agency is told. The seller has delivered.
procurement-then-handed-over = The seller sends the invoice after the handover.
procurement-then-invoiced = After that the head of the agency is told and the days show on the city's board.
procurement-escalated-note = The head of the agency has been told.
procurement-over-paid = Paid. Nothing is left to do.
procurement-over-rejected = This request was not approved. Its budget is free again.
procurement-over-declined = The seller declined this order. Its budget is free again.
procurement-over-lapsed = The seller did not answer in time. Its budget is free again; ask another seller.
procurement-over-cancelled = This order was cancelled. Its budget is free again.
procurement-paid-in-days = Paid { $a ->
     [one] { $a } day
    *[other] { $a } days
    } after the handover.
procurement-other-person = This step is for a colleague
procurement-other-person-why = You have taken another step of this order, or you own its seller. Requesting, approving, receiving and paying take four different people.

## Desk and lists

procurement-desk-title = My desk
procurement-desk-about = { $a ->
     [0] No order waits for you.
     [one] One order waits for you.
    *[other] { $a } orders wait for you.
    }
procurement-desk-yours = Your turn
procurement-desk-late = Overdue
procurement-desk-none-late = No order is overdue.
procurement-desk-mine = Your requests under way
procurement-desk-empty = All is done
procurement-desk-empty-why = Orders that wait for your step will appear here.
procurement-orders-title = Orders
procurement-orders-search = Find orders
    .placeholder = Name, seller or number
procurement-orders-views = Views of the list
procurement-orders-running = Under way
procurement-orders-late = Overdue
procurement-orders-late-why = Nobody is past their last day.
procurement-orders-empty-inspector = Orders appear here as soon as an agency states a need.
procurement-orders-over = Over
procurement-orders-all = See all orders
procurement-orders-empty = No orders here yet
procurement-orders-empty-why = State a need; its budget is reserved at once and the procurement officer is told.
procurement-orders-not-found = No order with "{ $a }"
procurement-orders-not-found-why = Try another word, or see all.
procurement-orders-count = Orders
procurement-sales-title = Agency orders
procurement-sales-about = Every order here has its budget set aside for you.
procurement-sales-empty = No orders from agencies yet
procurement-sales-empty-why = Orders from agencies will appear here and be announced by a message. Complete your goods to be found easily.
procurement-sales-goods = See my goods

## The case

procurement-history = History
procurement-steps-done = { $a ->
     [one] One step done
    *[other] { $a } steps done
    }
procurement-what-is-ordered = What was ordered
procurement-photos = Photos of the handover
procurement-photo-of = Photo { $a }
procurement-money = Money
procurement-money-total = Ordered
procurement-money-received = Received
procurement-money-invoiced = Invoiced
procurement-money-paid = Paid
procurement-funds-held = { $a } is set aside for this order
procurement-sub-activity = Sub-activity
procurement-account = Account
procurement-budget-left = Budget left
procurement-budget-left-after = Budget left after this order
procurement-need = Proof and comparison of prices
procurement-form = Proof of contract
procurement-contract-purchase-proof = Proof of purchase
procurement-contract-payment-receipt = Payment receipt
procurement-contract-work-order = Work order (SPK)
procurement-contract-contract = Contract
procurement-contract-order-letter = Order letter
procurement-class = Size class
procurement-class-micro = Micro business
procurement-class-small = Small business
procurement-class-medium = Medium business
procurement-class-large = Large business
procurement-papers = Papers
procurement-papers-none = The order letter is issued on approval.
procurement-paper-sp = Order letter
procurement-paper-bast = Handover record
procurement-paper-pdf = PDF
procurement-paper-void = Void
procurement-seller-paid = { $a ->
     [0] not yet paid here
     [one] one order paid before
    *[other] { $a } orders paid before
    }
procurement-public-page = See this order's public page
procurement-warning-split = Together with other purchases on this account within 30 days before and after, this comes to { $a }. Check whether the package was split.
procurement-warning-split-paid = Together with other purchases on this account within 30 days before and after, this came to { $a }.
procurement-warning-portions = { $a } portions are ordered, more than there are participants.
procurement-warning-same-seller = Within 30 days before and after there are { $a } other orders of this agency at the same seller on the same account or sub-activity; with this one they come to { $b }. Check whether the package was split.
procurement-warning-same-seller-paid = Within 30 days before and after there are { $a } other orders of this agency at the same seller on the same account or sub-activity; with this one they came to { $b }.
procurement-warning-scarce = The seller has too few: { $a } (left/ordered). This cannot be approved before the seller adds to the stock; or reject it with a reason so that it is asked for anew.
procurement-warning-which = The orders counted

## Events

procurement-event-requested = Need stated, { $a } reserved
procurement-event-withdrawn = Request withdrawn
procurement-event-rejected = Not approved
procurement-event-ordered = Approved, order letter { $a } issued
procurement-event-accepted = The seller agreed to deliver
procurement-event-declined = Declined by the seller
procurement-event-backed-out = The seller backed out after agreeing
procurement-event-delivery-withdrawn = The seller took back that it was delivered
procurement-event-invoice-withdrawn = Invoice of { $a } withdrawn by the seller
procurement-event-invoice-returned = Invoice of { $a } returned to the seller
procurement-event-lapsed = Lapsed because the seller did not answer
procurement-event-cancelled = Cancelled
procurement-event-delivered = Delivered by the seller
procurement-event-returned = Sent back to the seller
procurement-event-handed-over = Counted and received, { $a }
procurement-event-deemed = Deemed accepted because the time was over, { $a }
procurement-event-escalated = The head of the agency was told
procurement-event-invoiced = Invoiced { $a }
procurement-event-paid = Paid { $a }
procurement-now-approval = Approval, until { $a }
procurement-next-approval = Approval
procurement-now-acceptance = The seller's answer, until { $a }
procurement-next-acceptance = The seller's answer
procurement-now-delivery = Delivery, until { $a }
procurement-next-delivery = Delivery
procurement-now-handover = Handover, until { $a }
procurement-next-handover = Handover
procurement-now-invoice = Invoice, until { $a }
procurement-next-invoice = Invoice
procurement-now-payment = Payment, until { $a }
procurement-next-payment = Payment

## Steps

procurement-decide = Your decision
procurement-decide-about = Approving issues the order letter of { $a } to { $b } and commits the budget.
procurement-approve = Approve and issue the order letter
procurement-reject = Do not approve
procurement-reject-title = Not approving this request
procurement-reject-about = The budget of { $a } becomes free again.
procurement-withdraw = Withdraw the request
procurement-withdraw-title = Withdrawing this request
procurement-withdraw-about = The budget of { $a } becomes free again.
procurement-cancel = Cancel the order
procurement-cancel-title = Cancelling this order
procurement-cancel-about = The order letter becomes void and the budget of { $a } free. The seller is told.
procurement-answer = Your answer
procurement-answer-about = The agency has set { $a } aside. Accept if you can deliver what was ordered.
procurement-accept = Accept the order
procurement-decline = Decline the order
procurement-decline-title = Declining this order
procurement-decline-about = The agency will look for another seller; { $a } is no longer set aside. Declining does not count against you.
procurement-deliver-title = Delivered?
procurement-deliver-note = Note for the receiver
    .hint = Who brought it, where it stands.
procurement-deliver = Say it is delivered
procurement-take-back = Take it back
procurement-take-back-title = Not delivered after all
procurement-take-back-about = Until it is counted you can take back that it was delivered. The receiver is told.
procurement-back-out = Back out of the order
procurement-back-out-title = Unable to deliver
procurement-back-out-about = The order ends, its letter is void, and { $a } is released. The agency looks for another seller.
procurement-count-title = Count and take over
procurement-count-about = Count the good ones where they are, then issue the record.
procurement-count-open = Start counting
procurement-count-ordered = Ordered: { $a } { $b }.
procurement-count-already = { $a } received so far; { $b } still to come.
procurement-count-good = Good ones
procurement-count-broken = Broken or not as ordered
procurement-count-short-about = What is named neither good nor broken counts as not delivered. If nothing is good, everything goes back to the seller; only the approver can cancel the order.
procurement-count-short = If some are missing or broken
procurement-count-rest = The rest
procurement-count-photos-again = The photos were not kept. Choose them again.
procurement-count-closed = Will not come
procurement-count-closed-note = The order is closed with what was received; the rest of the budget is free.
procurement-count-comes = Comes later
procurement-count-comes-note = The seller brings the rest, which is counted again.
procurement-count-reason = What is missing or broken
    .when = (needed when fewer are good than were expected)
    .hint = The seller reads it.
procurement-count-photos = Photos of the goods
    .hint = Four at most. Avoid faces.
procurement-hand-over = Save the count
procurement-invoice-title = Invoice
procurement-invoice-about = What the agency received is worth { $a }. The invoice is usually for that, and never for more.
procurement-invoice-open = Write the invoice
procurement-invoice-number-field = Invoice number
    .hint = Your own number of receipt or invoice.
procurement-invoice-amount-field = Amount
procurement-invoice-send = Send the invoice
procurement-invoice-gives-up = The difference of { $a } can never be asked for. I send this invoice all the same.
procurement-withdraw-invoice = Withdraw the invoice
procurement-withdraw-invoice-title = Withdrawing this invoice
procurement-withdraw-invoice-about = Until it is paid the invoice can be withdrawn and a right one sent.
procurement-return-invoice = Return the invoice
procurement-return-invoice-title = Returning this invoice
procurement-return-invoice-about = The seller reads why and sends a right one. The budget stays committed.
procurement-payment-title = Payment
procurement-payment-about = Pay { $a } to { $b }, then record the proof.
procurement-payment-open = Record the payment
procurement-payment-to = Paid to { $a }
procurement-payment-invoice = Invoice { $a }
procurement-method = How it was paid
procurement-method-ls = LS (direct)
procurement-method-ls-note = From the treasury to the seller; proof: the SP2D number.
procurement-method-up = UP (float)
procurement-method-up-note = From the treasurer's float; proof: the receipt number.
procurement-method-kkpd = KKPD (government card)
procurement-method-kkpd-note = Proof: the number of the card slip.
procurement-reference = Proof number
    .hint = For example SP2D 00417/LS/2026.
procurement-paid-on = Paid on
procurement-payment-record = Record as paid

## What was said

procurement-said-requested = Requested. The budget is reserved.
procurement-said-approved = Approved. The order letter has gone to the seller.
procurement-said-rejected = Not approved. The budget is free again.
procurement-said-withdrawn = Request withdrawn. The budget is free again.
procurement-said-cancelled = Cancelled. The seller has been told.
procurement-said-accepted = You agreed to deliver. Bring it before its last day.
procurement-said-declined = Declined. The agency has been told.
procurement-said-delivered = Recorded as delivered. The agency has been told to count.
procurement-said-handed-over = The handover record is issued. The seller is asked for the invoice.
procurement-said-part = The handover record is issued. The seller is asked to bring the rest.
procurement-said-returned = Nothing was received. Everything goes back to the seller.
procurement-said-taken-back = Taken back. The receiver has been told.
procurement-said-invoice-withdrawn = The invoice is withdrawn. Send a right one.
procurement-said-invoice-returned = The invoice is returned. The seller has been told.
procurement-said-invoiced = The invoice has gone to the treasurer.
procurement-said-paid = Payment recorded. This order is paid.
procurement-said-budget-applied = The budget is in force.
procurement-said-outside-recorded = Purchase recorded.
procurement-said-outside-waits = Recorded; it waits for an approver to confirm it.
procurement-said-outside-confirmed = Confirmed. This purchase counts now.
procurement-said-outside-withdrawn = The record is withdrawn.

## Request

procurement-request-new = State a need
procurement-request-title = State a need
procurement-request-find = Find goods or services
    .placeholder = Lunch boxes, uniforms, repairs
procurement-request-find-about = Choose the goods first; the seller comes with them.
procurement-request-newest = Newly offered
procurement-request-no-goods = No goods are offered yet
procurement-request-no-goods-why = Choose a business from the directory, or ask local businesses to list their goods.
procurement-request-directory = Open the directory
procurement-request-about = Seller: { $a }.
procurement-request-other-seller = Choose another seller
procurement-request-goods = Goods and services
procurement-request-shelf-empty = This seller has not listed goods yet. Describe what you need below.
procurement-request-words = Not in the list? Describe it
procurement-request-words-about = Use the price agreed with the seller, with tax and delivery.
procurement-request-words-row = Row { $a }
procurement-request-for = What for
procurement-request-budget = Budget
procurement-request-no-budget = Your agency has no budget lines this year
procurement-request-no-budget-why = Ask the head of the agency to bring in the DPA first.
procurement-request-send = Request and reserve the budget
procurement-request-look = Add up first
procurement-request-total = This order comes to { $a }
procurement-request-total-left = { $a } of the budget line is left once it is reserved. Nothing was sent yet: check, then send.
procurement-request-total-over = This budget line has only { $a } left. Order less or choose another line.
procurement-line-name = Name of goods or service
procurement-title = Purpose
    .hint = For example 200 lunch boxes for a training of health volunteers.
procurement-kind = Kind
procurement-kind-goods = Goods or other services
procurement-kind-works = Works
procurement-kind-consulting = Consulting
procurement-place = Place of delivery
    .hint = Name of the place, street and number, for example Aula Kecamatan, Jl. Merpati 12.
procurement-wanted-on = Wanted on
procurement-hour = Time
    .hint = For example 09.30. Leave empty if any time will do.
procurement-contact = Whom to ask
    .hint = Name and phone number. Only the seller and your agency see it.
procurement-participants = Participants
    .hint = Fill in when food or drink is bought for an event.
procurement-budget-line = Budget line
procurement-budget-choice = { $a }, { $b }, { $c } left
procurement-comparison = Price comparison
    .hint = Who was asked and why this seller was chosen. Not needed where a proof of purchase is enough.

## Budget

procurement-budget-title = Budget { $a }
procurement-budget-whole = The whole budget
procurement-budget-spent = Spent
procurement-budget-reserved = Reserved
procurement-budget-committed = Committed
procurement-budget-free = Free
procurement-budget-ceiling = Ceiling
procurement-budget-name = Description
procurement-budget-bring = Bring in a DPA
procurement-budget-empty = No budget lines of { $a } yet
procurement-budget-empty-why = The head of the agency brings the budget file (csv, xlsx, xls or ods); it is looked at before it takes effect.
procurement-budget-bring-title = Bring in a DPA
procurement-budget-bring-about = A csv, xlsx, xls or ods file with the columns kode_sub_kegiatan, kode_rekening, uraian and pagu. You see what it would change before it takes effect.
procurement-budget-year = Fiscal year
procurement-dpa = Name of the version
    .hint = For example DPA 2026 or DPPA 1.
procurement-budget-file = Budget file (csv, xlsx, xls or ods)
procurement-budget-files = DPA files
procurement-budget-file-applied = In force
procurement-budget-file-was-applied = Budget { $a }, put into force { $b }
procurement-budget-file-waits = Not in force yet
procurement-budget-file-faulty = Has mistakes, cannot be put into force
procurement-budget-file-was-brought = Budget { $a }, brought in on { $b }
procurement-budget-look = Look at the file
procurement-budget-preview-title = A look at { $a }
procurement-budget-preview-about = { $a }, { $b }, file { $c }.
procurement-budget-was-applied = This file was put into force { $a }.
procurement-budget-apply = Put into force
procurement-budget-stays = { $a } lines are not in the file and stay in force
procurement-budget-apply-about = { $a } lines with ceilings of { $b }. Once in force the year has { $c }.
procurement-budget-not-ready = This file cannot take effect yet
procurement-budget-not-ready-why = Mend the lines named below and bring the file again.
procurement-budget-line-number = Line of the file
procurement-budget-line-n = Line { $a }
procurement-budget-read = Read
procurement-budget-mend = How to mend it
procurement-budget-before = Ceiling before
procurement-budget-held = Already held
procurement-budget-effect = Effect
procurement-budget-none = None
procurement-budget-effect-new = New
procurement-budget-effect-raised = Raised
procurement-budget-effect-lowered = Lowered
procurement-budget-effect-same = Unchanged
procurement-budget-effect-too-low = Too low

## All agencies

procurement-agencies-title = All agencies { $a }
procurement-agencies-about = The budget of each agency, how far it is used, orders under way, and what was bought outside the city's shop.
procurement-agencies-search = Find an agency
    .placeholder = Name of the agency
procurement-agencies-none = No agency matches
procurement-agencies-none-why = Check the spelling, or see all agencies.
procurement-agencies-all = See all agencies
procurement-agencies-every = All agencies
procurement-agency-show = Show
procurement-agencies-without = { $a ->
     [0] Every agency has a budget
     [one] One agency has no budget yet
    *[other] { $a } agencies have no budget yet
    }
procurement-agencies-held = { $a } reserved or committed
procurement-agencies-late = orders overdue
procurement-agencies-running = Orders under way
procurement-agencies-late-head = Overdue
procurement-agencies-no-budget = None yet

## Outside purchases

procurement-outside = Elsewhere
procurement-outside-title = Bought elsewhere
procurement-outside-inspector = What agencies recorded as bought outside the city's shop, and why.
procurement-outside-about = Record what the agency bought outside the city's shop, and why. Without it the local share would not be honest.
procurement-outside-record = Record a purchase elsewhere
procurement-outside-empty = No purchases elsewhere are recorded
procurement-outside-empty-why = Record every purchase that did not go through the city's shop.
procurement-outside-what = What was bought
procurement-outside-category = Kind of goods or services
procurement-outside-category-choose = Choose the kind
procurement-outside-category-other = Another kind
procurement-outside-rule = Duty to buy locally
procurement-outside-rule-priority = The city asks agencies to look in the city's shop first
procurement-outside-rule-must = Agencies must buy through the city's shop unless a reason named in the rule holds
procurement-outside-rule-kinds = It covers:
procurement-outside-rule-all = It covers every kind of goods and services.
procurement-outside-rule-up-to = Up to a value of { $a }.
procurement-outside-rule-read = Read the rule
procurement-outside-bound = Under the duty
procurement-outside-bound-true = It binds this purchase
procurement-outside-bound-false = It does not bind this purchase
procurement-outside-vendor = Vendor
procurement-outside-local = local
procurement-outside-local-vendor = The vendor is a business of this city
procurement-outside-day = Day
procurement-outside-reason = Reason
procurement-outside-other = Another reason
procurement-outside-explanation = Explanation
    .when = (needed with "Another reason")
procurement-outside-amount = Amount
procurement-outside-save = Keep the record
procurement-outside-waiting = Waits to be confirmed
procurement-outside-standing = Counts
procurement-outside-withdrawn = Withdrawn
procurement-outside-waits = Does not count yet: waits for a second person
procurement-outside-waits-why = It is above what a proof of purchase is enough for, so an approver of the agency confirms it before it shows on the board.
procurement-outside-confirm = This record is right
procurement-outside-withdraw = Withdraw the record
procurement-outside-withdraw-title = This record is wrong
procurement-outside-withdraw-about = A withdrawn record counts no more but stays to be seen with its reason. Record the right one again.
procurement-outside-withdrawn-why = This record was withdrawn and does not count.

## The public board

procurement-spending-title = City spending { $a }
procurement-spending-about = What agencies buy from local businesses, and how many days it takes to pay them.
procurement-spending-counted = Counted from the order letters of { $a } that sellers agreed to and that did not end early.
procurement-spending-payers-about = Average days from handover to payment, by agency.
procurement-spending-description = { $a } of recorded spending goes to local micro and small businesses: { $b } for { $c } businesses.
procurement-spending-reached = The share of small businesses is reached
procurement-spending-missed = The share of small businesses is not reached
procurement-spending-goal = required { $a }
procurement-spending-of = { $a } of { $b } recorded spending went to micro and small businesses of this city.
procurement-spending-below = { $a ->
     [one] One agency is
    *[other] { $a } agencies are
    } below it.
procurement-spending-shares = Share of micro and small businesses by agency
procurement-spending-months = Spending by month
procurement-spending-days = Days until paid
procurement-spending-days-line = Average days
procurement-spending-promise = the city's promise: { $a } days
procurement-spending-payers = Fastest and slowest to pay
procurement-spending-agencies = All agencies
procurement-spending-sellers = Largest sellers
procurement-spending-empty = No spending in { $a } yet
procurement-spending-empty-why = Orders appear here as soon as their letter is issued.
procurement-spending-years = Years
procurement-spending-directory = See local businesses
procurement-stat-bought = bought through the city's shop
procurement-stat-orders = { $a } orders that sellers agreed to deliver
procurement-stat-days = from handover to payment, at most, for half of the orders (median)
procurement-stat-days-head = Days until paid
procurement-average-days = Average days
procurement-stat-paid = paid to sellers
procurement-stat-paid-orders = { $a } orders paid
procurement-stat-sellers = businesses received orders
procurement-stat-top = { $a } to the ten largest
procurement-stat-outside = spent elsewhere
procurement-share = Share
procurement-bought = Bought
procurement-below-goal = below the requirement
procurement-waiting-invoices = Invoices waiting
procurement-open-data = Open data
procurement-open-data-about = Free to use by anybody with attribution (CC BY 4.0). Contains no personal data.
procurement-open-csv = Purchases of { $a } as CSV
procurement-open-json = This board as JSON
procurement-open-ocds = OCDS 1.1.5 releases
procurement-open-policy = Publication policy: sellers are identified by NIB (the scheme ID-NIB is not registered with org-id.guide) and registry number; personal numbers are never published. The ocid prefix is not registered yet.
procurement-purchases-list = All purchases of { $a }
procurement-purchases-title = Purchases of { $a }
procurement-purchases-empty = No purchases in { $a } yet
procurement-purchases-about = Every order that the seller agreed to and that did not end early, the newest first.
procurement-purchases-search = Search purchases
procurement-purchases-any-state = Every state
procurement-purchases-year = Year
procurement-purchases-not-found = No purchase fits
procurement-purchases-all = See all purchases
procurement-seller-not-shown = (its data are being checked again; its page is not shown)
procurement-purchase-description = { $a } bought from { $b }: { $c }.
procurement-in-short = In short
procurement-ordered-on = Ordered on
procurement-handed-over-on = Handed over on

## Messages and reminders

procurement-tell-requested = Request { $a } waits for approval: { $b }. Until { $c }.
procurement-tell-rejected = Request { $a } was not approved: { $b }.
procurement-tell-ordered = New order { $a }: { $b }. Answer until { $c }.
procurement-tell-accepted = The seller agreed to deliver order { $a }: { $b }.
procurement-tell-declined = The seller declined order { $a }: { $b }. Choose another seller.
procurement-tell-backed-out = The seller backed out of order { $a } after agreeing: { $b }. Its budget is released; choose another seller.
procurement-tell-delivery-withdrawn = Order { $a } is not delivered after all: { $b }. The seller took it back.
procurement-tell-part = Order { $a } was partly received: { $b }. Still to come: { $d }. Deliver by { $c }.
procurement-tell-nothing-taken = Nothing of order { $a } was received: { $b }. Everything goes back to the seller.
procurement-tell-invoice-withdrawn = The seller withdrew the invoice of order { $a }: { $b }.
procurement-tell-invoice-returned = The invoice of order { $a } was returned: { $b }. Read why and send a right one by { $c }.
procurement-tell-lapsed = Order { $a } lapsed without an answer: { $b }.
procurement-tell-cancelled = Order { $a } was cancelled: { $b }.
procurement-tell-delivered = Order { $a } was delivered: { $b }. Count it until { $c }.
procurement-tell-returned = Nothing of order { $a } was received: { $b }. Read why and deliver again by { $c }.
procurement-tell-handed-over = Order { $a } was counted: { $b }. What was received is worth { $d }. Send the invoice by { $c }.
procurement-tell-deemed = Order { $a } was deemed accepted because nobody counted in time: { $b }.
procurement-tell-invoiced = The invoice of order { $a } came in: { $b }. Pay until { $c }.
procurement-tell-paid = Order { $a } was paid, { $d }: { $b }.
procurement-tell-escalated = Order { $a } is overdue since { $c }: { $b }.
procurement-tell-outside = A purchase elsewhere of { $b } waits for you to confirm it: { $a }.
procurement-tell-seller-late = The seller is late with order { $a }: { $b }.
procurement-request-approval-wait = A request waits for approval
procurement-request-approval-reminder = A request waits for your approval until { $due }.
procurement-order-acceptance-wait = An order waits for the seller's answer
procurement-order-acceptance-reminder = An agency's order waits for your answer until { $due }. After that it lapses.
procurement-delivery-wait = An order waits to be delivered
procurement-delivery-reminder = An agency's order must be delivered until { $due }.
procurement-delivery-handover-wait = Goods wait to be counted
procurement-delivery-handover-reminder = Goods were delivered and wait to be counted until { $due }.
procurement-invoice-wait = An order waits for its invoice
procurement-invoice-reminder = Send the invoice of an agency's order until { $due }.
procurement-payment-wait = An invoice waits to be paid
procurement-payment-reminder = A seller's invoice must be paid until { $due }.

## Refusals

procurement-not-enough-budget = This budget line has not enough left. Order less or choose another line.
procurement-wrong-year = This budget line is of another year. Choose a line of the year the goods are wanted.
procurement-seller-not-ready = This business is not verified or not active. Choose another seller.
procurement-seller-not-reachable = Nobody can answer for this business yet. Ask its owner to sign in first.
procurement-not-offered = One of the goods is no longer offered. Reload the page and choose again.
procurement-other-seller = One order is for one seller. Make separate requests.
procurement-above-direct = This is above the limit of direct procurement. Use a tender, not this shop.
procurement-lines = Choose 1 to 50 goods.
procurement-requester-approves = Who states a need may not approve it. Ask a colleague.
procurement-buyer-receives = Who requested or approved may not take over the goods. Ask a colleague.
procurement-buyer-pays = Who requested, approved or received may not pay. Ask a colleague.
procurement-own-seller = You own this business. Leave a purchase from it to a colleague.
procurement-not-requested = This request has been decided.
procurement-not-ordered = This order does not wait for the seller's answer.
procurement-not-accepted = The seller has not agreed to this order yet.
procurement-not-delivered = The seller has not said yet that it is delivered.
procurement-not-handed-over = The agency has not counted and received it yet.
procurement-not-invoiced = The seller has not sent the invoice yet.
procurement-already-delivered = You have already said that this order is delivered.
procurement-already-counted = This order was counted already; its record is on the page of the order.
procurement-already-invoiced = The invoice of this order was sent already. Until it is paid it can be withdrawn on the page of the order.
procurement-already-paid = This order is paid.
procurement-ended = This order has ended; there is no further step.
procurement-nothing-delivered = There is nothing to take back: it was not said to be delivered, or it was counted.
procurement-too-late-to-cancel = This order cannot be cancelled: goods are delivered or received, or there is no order letter yet.
procurement-answer-too-late = The time to answer is over; this order lapses.
procurement-ceiling-too-low = A ceiling is lower than what is reserved, committed and spent. Mend the marked lines.
procurement-already-applied = This file is in force already.
procurement-outside-decided = This record was confirmed or withdrawn already.

## What is wrong with a field

procurement-reason-wanted = Write the reason, at least { $a } letters.
procurement-title-wanted = Write the purpose, 5 to 160 letters.
procurement-place-wanted = Write the place, 3 to 200 letters.
procurement-wanted-on-wanted = Fill in the day the goods are wanted.
procurement-wanted-on-past = That day has passed. An order may not be dated after its event.
procurement-hour-wanted = Write the time like 09.30, or leave it empty.
procurement-contact-wanted = Too long. At most 120 letters.
procurement-participants-wanted = Write the number of participants in figures, for example 200.
procurement-comparison-wanted = Write how the price was compared; at this value it is required.
procurement-comparison-too-long = Too long. At most 2,000 letters.
procurement-total-too-large = The total is too large.
procurement-business-wanted = Choose the seller.
procurement-budget-line-wanted = Choose a budget line of your agency.
procurement-kind-wanted = Choose the kind.
procurement-nothing-chosen = Say how many of at least one thing.
procurement-count-wanted = Write how many in figures, for example 20.
procurement-price-wanted = Write the price, for example 32.500.
procurement-stock-is = The seller has { $a } in stock.
procurement-line-name-wanted = Write the name, 2 to 200 letters.
procurement-line-unit-wanted = Write the unit, for example box.
procurement-note-too-long = Too long. At most { $a } letters.
procurement-counted-too-many = No more than { $a }, which is still to come.
procurement-broken-too-many = Good and broken ones together are more than expected; at most { $a } can be broken.
procurement-rest-wanted = Choose what happens with the rest: it comes later or not at all.
procurement-count-whole = Write a whole number, for example 0, 12 or 1.500.
procurement-too-many-photos = At most { $a } photos.
procurement-invoice-number = Write the invoice number, at most { $a } letters.
procurement-invoice-amount = Too much: what the agency received is worth { $a }.
procurement-invoice-zero = The invoice must be above zero.
procurement-invoice-less = This invoice is { $a } below what was received. Correct the amount, or tick that the difference is given up.
procurement-invoice-number-used = You used this number for order { $a }. Use another.
procurement-reference-used = This number is recorded for order { $a }. One proof is for one seller and one way of paying; check the number.
procurement-amount-wanted = Write the amount in rupiah, for example 1.250.000.
procurement-method-wanted = Choose how it was paid.
procurement-reference-wanted = Write the proof number, 3 to 80 letters.
procurement-paid-on-wanted = The day may not be before the handover ({ $a }) or after today.
procurement-day-wanted = Fill in the day.
procurement-vendor-wanted = Write the vendor's name, 2 to 160 letters.
procurement-what-wanted = Write what was bought, 3 to 300 letters.
procurement-outside-category-wanted = Choose the kind of goods or services.
procurement-outside-reason-named = This purchase has to go through the city's shop. Choose one of the reasons the rule names, or buy it through the shop.
procurement-outside-reason-wanted = Choose the reason.
procurement-outside-explanation-wanted = Write the explanation, 5 to 500 characters. With "Another reason" it is needed.
procurement-bought-on-wanted = Fill in a day within the last year.
procurement-agency-wanted = Choose the agency.
procurement-outside-above-ceiling = With what else was bought elsewhere this exceeds all ceilings of the agency in that year, { $a }. Check the amount.
procurement-after-wanted = This address is not complete. Begin the list again.
procurement-dpa-wanted = Write the name of the version, at most { $a } letters.
procurement-year-wanted = Write the year, for example 2026.
procurement-file-wanted = Choose the file.
procurement-budget-file-too-large = The file is larger than { $a } MB. Bring one year of one agency.
procurement-budget-file-not-text = This file cannot be read. Bring an xlsx workbook, or save it as CSV UTF-8.
procurement-budget-file-too-long = At most { $a } lines.
procurement-budget-file-no-workbook = This file cannot be read: it is named a workbook, but is none. Save it again where it comes from and bring the new one.
procurement-budget-file-no-lines = This file holds only the names of columns and no budget line.
procurement-budget-file-empty = This file is empty. Choose one with budget lines.
procurement-budget-file-no-header = The columns were not found. Name them kode_sub_kegiatan, kode_rekening, uraian, pagu.
procurement-budget-sub-activity = A sub-activity code looks like 1.02.01.2.01.0001.
procurement-budget-account = An account code looks like 5.1.02.01.01.0024.
procurement-budget-name-wanted = Write the description, at most 300 letters.
procurement-budget-amount = Write the ceiling in figures, for example 12.500.000.
procurement-budget-too-large = This is too large for a ceiling: at most 500 trillion rupiah. Check the zeros.
procurement-budget-twice = This account stands in line { $a } already. Sum them into one line.
procurement-whose-turn = Turn of { $a }
procurement-your-turn = Your turn
procurement-turn-agency = the agency
procurement-until = until { $a }
procurement-too-soon = { $a } takes { $b } days to make ready, longer than there is until the wanted day. Ask the seller first, or choose another day.
procurement-again = Ask another seller
procurement-again-same = Ask the same seller again
procurement-again-title = Still needed?
procurement-again-about = What was filled in and the goods of this order go into a new request. You only look it over, mend it and send it.
procurement-again-for = Stated again: { $a }, before with { $b }
procurement-again-others = The like from other sellers
procurement-not-taken = Your step was not taken
procurement-not-taken-last = What was recorded: { $a }, by { $b }, { $c }.
procurement-proof = What was received
procurement-proof-no-photos = There are no photos of the handover.
procurement-payment-not-right = Does the invoice not match what was received? Return it on the page of the order.
procurement-no-year = No purchases of { $a }
procurement-no-year-why = The city's purchases are recorded here for these years.
procurement-waits-approval = Needs to approve
procurement-waits-count = Deliveries to receive
procurement-waits-payment = Invoices to pay
procurement-waits-answer = Orders to answer
procurement-waits-delivery = Orders to deliver
procurement-waits-invoice = Orders to invoice
procurement-waits-late = Orders past their day
procurement-waits-elsewhere = Purchases elsewhere to confirm
