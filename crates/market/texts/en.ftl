## Places
market-nav-cart = Basket
market-nav-sales = Orders of the public
    .short = Orders
market-nav-shop = Shop for the public
    .short = Shop
market-waits-orders = Orders of the public

## The basket
market-cart = Basket
market-cart-empty = The basket is empty.
market-cart-empty-why = Choose something and press “Put in the basket”. No account is needed.
market-browse = Find goods
market-more-of = More of theirs
market-count-of = How many { $a }
market-subtotal = At this seller
market-goods-total = Goods
market-fee-later = What delivery costs is reckoned once you have chosen how you get the goods.
market-to-order = Go on to the order
market-update = Save the counts
market-not-orderable = Some things cannot be ordered as they are. Change them, or take them out by writing 0.
market-line-gone = Not for sale at the moment. Write 0 to take it out.
market-line-few = Only { $a } left. Take fewer.
market-line-variant = This choice is gone. Take it out and choose again on its page.
market-said-added = It is in the basket.
market-said-full = The basket is full: 30 sorts of goods at most. Order these first.
market-said-choose = Choose one of the choices first, then put it in the basket.

## Ordering
market-checkout = Your order
market-how = How you get the goods
market-village = In which { $a } do you live?
market-village-choose = Choose a { $a }
market-pickup-at = To be fetched at { $a }.
market-courier-from = The courier starts from { $a }.
market-way-pickup = I fetch it, free of charge
market-way-courier = By courier, { $a }
market-reckon = Reckon delivery
market-who = Who orders
market-name = Name
    .hint = What people call you is enough.
market-phone = Mobile number
    .hint = The seller reaches you there if need be.
market-address = Full address
    .hint = Street, number, RT and RW, a landmark.
market-privacy = Your name, number and address are kept sealed. Only the sellers of this order can open them, and each time is recorded.
market-pay-cash = Pay in cash when you get the goods
market-pay-cash-about = Nothing is paid now. Pay the seller or the courier after you have seen the goods.
market-order = Order now
market-sum = Summary
market-fees = Delivery
market-fee = Delivery
market-total = Total
market-back-to-cart = Change the basket
market-cash-max = One order in cash at one seller is at most { $a }. Take fewer, or order twice.
market-not-placed = Not ordered yet
market-said-placed = The order is with the sellers.

## Following an order
market-track = Your order
market-keep-link = Keep the link of this page
market-keep-link-about = This link stands for an account. Whoever holds it can see and cancel your order, so send it to yourself alone.
market-send-link = Send it to my WhatsApp
market-send-link-words = My order at the city's market: { $a }
market-code-yours = Your handover code
market-code-about = Say this code once the goods are in your hands and { $a } is paid.
market-pickup-place = Where to fetch it
market-delivery = Delivery
market-by-pickup = Fetched
market-by-courier = By courier
market-payment = Payment
market-payment-cash = Cash at the handover
market-confirm = I got it and all is well
market-cancel = Cancel the order
market-ask-seller = Ask the seller
market-said-confirmed = Thank you. This order is done.
market-said-cancelled = The order is cancelled. The goods are back on the shelf.
market-not-taken = Not done
market-buyer-processing = The seller prepares it until { $a }. After that it cancels itself.
market-buyer-ready-for-pickup = Fetch it until { $a }. After that it cancels itself.
market-buyer-shipped = The courier arrives until { $a }.
market-buyer-handed-over = Look it over. If you say nothing, all is taken to be well after { $a }.

## States
market-state = State
market-state-all = All
market-state-processing = In preparation
market-state-ready-for-pickup = Ready to fetch
market-state-shipped = On its way
market-state-handed-over = Handed over
market-state-completed = Done
market-state-cancelled = Cancelled
market-until = until { $a }

## History
market-history = History
market-event-placed = Ordered
market-event-packed-pickup = Packed, ready to fetch
market-event-packed-courier = Packed, with the courier
market-event-handed-over = Handed over to the buyer
market-event-completed = Done
market-event-cancelled = Cancelled
market-now-processing = The seller prepares it, until { $a }
market-now-ready-for-pickup = The buyer fetches it, until { $a }
market-now-shipped = The courier brings it, until { $a }
market-now-handed-over = The buyer looks it over, until { $a }

## Sellers: orders
market-sales = Orders of the public
market-sales-closed = Your shop takes no orders of the public yet.
market-sales-open = Open the shop for the public
market-sales-empty = No orders here yet.
market-sales-empty-why = Orders of the public appear here as soon as they are sent, with their last day.
market-sales-goods = Complete the goods
market-order-number = Order
market-buyer = Buyer
market-where = Lives in
market-goods = Goods
market-pack-title = Prepare the order
market-pack-pickup = Pack the goods, then press this. The buyer reads that they can be fetched.
market-pack-courier = Pack the goods and give them to the courier, then press this. The buyer reads that they are on their way.
market-pack = It is packed
market-hand-over-title = Hand over the goods
market-hand-over-about = Take { $a } in cash, hand over the goods, then ask the buyer for their four digits.
market-code = The buyer's code
market-hand-over = The goods are handed over
market-code-wrong = That is not the code. Let the buyer read it again from the page of the order. { $a } tries are left.
market-code-wait = Wrong too often. Wait a little, then try again.
market-look = See name, number and address
market-look-about = Each look is recorded with your name.
market-write = Write on WhatsApp
market-write-words = Hello { $a }, this is about order { $b }.
market-decline-title = I cannot fulfil this order
market-decline-about = The order is cancelled and the goods are back on the shelf. The buyer reads your reason.
market-reason = Reason for the buyer
market-decline = Cancel this order
market-said-packed = The order is packed. The buyer can read it by their link.
market-said-handed-over = The goods are handed over.
market-said-declined = The order is cancelled. The buyer reads why.
market-seller-processing = Pack it until { $a }. After that it cancels itself.
market-seller-ready-for-pickup = The buyer fetches it until { $a }. After that it cancels itself.
market-seller-shipped = The courier arrives until { $a }.
market-seller-handed-over = The buyer looks it over until { $a }. If they say nothing, it is done.

## Sellers: the shop
market-shop = Shop for the public
market-shop-of = The shop of { $a }
market-shop-about = What you offer to agencies the public can buy too, from the same stock. Nobody checks your identity again: the registry has done that.
market-shop-is-open = Open
market-shop-is-closed = Not open yet
market-checklist = Before it opens
market-check-verified = An officer has checked the business
market-check-goods = There are goods on offer
market-check-done = Done
market-check-missing = Missing
market-ways = How buyers get their goods
market-shop-pickup = They fetch them at my place
market-shop-courier = A courier brings them
market-shop-courier-about = The city sets what it costs by distance, and the buyer pays it.
market-shop-place = Where they are fetched
    .when = needed if goods can be fetched
    .hint = An address and a landmark that is easy to find.
market-shop-hours = When they are fetched
    .hint = For example: every day 08.00–17.00.
market-shop-open = Open the shop
market-shop-save = Save
market-shop-close = Close the shop
market-shop-close-title = Close the shop of { $a }?
market-shop-close-about = The public can order nothing more. Orders that are in still have to be finished. You can open again at any time.
market-said-shop-open = The shop is open. The public can order your goods.
market-said-shop-closed = The shop is closed. Orders that are in go on.

## Refusals
market-not-verified = Only a business that an officer has checked can open a shop.
market-nothing-for-sale = Nothing is on offer yet. Add goods first, then open the shop.
market-shop-closed = This shop takes no orders at the moment.
market-not-delivered-so = This shop does not deliver in that way any more. Choose another way.
market-no-such-variant = The choices of this thing have changed. Take it out of the basket and choose again on its page.
market-nothing-wanted = Nothing is ordered yet. Fill the basket first.
market-sum-changed = A price or a delivery fee has just changed. Look at the new total, then order again.
market-too-much-for-cash = This is more than may be paid in cash.
market-too-often = Too many orders from this number within an hour. Try again later.
market-not-now = This step is past or not due yet. Look below where the order stands.
market-already-prepared = It is packed already. Ask the seller if you want to cancel.

## Fields
market-name-wanted = Write your name, 2 to 80 letters.
market-phone-wanted = This number cannot be read. A mobile number has 10–13 digits, such as 0812 3456 7890.
market-address-wanted = Write where it goes: street, number, RT and RW.
market-village-wanted = Choose where you live from the list.
market-count-wanted = Write a count from 1 to 9,999.
market-total-wanted = The total cannot be read. Open the order page again.
market-payment-wanted = There is no such way to pay yet. For now: cash, at the handover.
market-sum-too-large = This is too much for one order.
market-place-wanted = Write where the goods are fetched.
market-way-wanted = Choose at least one way.
market-reason-wanted = Give the reason in words, so that the buyer understands.

## Messages
market-tell-placed = Order { $a } of the public, from { $b }. Pack it until { $c }.
market-tell-completed = Order { $a } is done: all was well.
market-tell-cancelled = The buyer cancelled order { $a }. The goods are back on the shelf.
market-tell-lapsed = Order { $a } is cancelled because its time is over. The goods are back on the shelf.
market-packing-wait = An order of the public waits to be packed
market-packing-reminder = Pack the order of the public until { $due }.
market-fetching-wait = An order waits to be fetched
market-fetching-reminder = The buyer has not fetched the order; the last day is { $due }. Call them if need be.
market-arrival-wait = An order is on its way
market-arrival-reminder = Hand the order over and record its code until { $due }.
market-confirmation-wait = The buyer looks the goods over
market-confirmation-reminder = The buyer can still object until { $due }.
