front-nav-home = Home
front-promise = Buy from the small businesses of { $a }
front-search = Find goods or services
    .placeholder = Lunch boxes, uniforms, banners …
front-see-businesses = See businesses
front-register = Register a business
front-stat-businesses = businesses checked in { $a }
front-stat-goods = goods and services on offer
front-stat-bought = paid by agencies through { $a }
front-stat-days = from handover to payment
front-days = { $a ->
    [one] one day
   *[other] { $a } days
 }
front-shelf = New on offer
front-all-goods = All { $a } goods
front-shelf-empty = No goods yet
front-shelf-empty-why = Goods appear here as soon as a checked business offers them.
front-money = The city's money reaches small businesses
front-money-about = Until today agencies paid { $a } for { $b } orders. Every order can be seen: who bought, from whom, and how many days it took to pay.
front-see-purchases = See what agencies buy
front-where = Businesses by district
front-businesses = Businesses
front-invite = Do you have a business in this city?
front-invite-about = Register in { $a } from your phone, in about ten minutes, free of charge. Once an officer has checked it, agencies and residents can buy from you.
front-open-data = Open data
front-open-data-about = Data of { $a } for everyone, no sign-in needed.
front-open-purchases = Purchases as OCDS releases
front-open-figures = Purchases by agency, business and month
front-open-businesses = Directory of businesses
front-open-api = Description of the API
front-open-data-privacy = None of it holds NIK, private phone numbers or personal tax numbers.
