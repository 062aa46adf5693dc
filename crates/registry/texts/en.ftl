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
registry-story = About this business
registry-see-goods = See its goods
registry-number = Number
registry-place = Place
registry-class = Size class
registry-class-mikro = Micro
registry-class-kecil = Small
registry-class-menengah = Medium
registry-class-besar = Large
registry-nib = NIB
registry-kbli = KBLI 2020
registry-ask-whatsapp = Ask on WhatsApp
registry-whatsapp-words = Hello { $a }, I found your business in the city's directory.
