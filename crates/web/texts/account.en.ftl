### Accounts, the door, and the help desk

## Roles and organisations
role-owner = Business owner
role-registry-officer = Registry officer
role-requester = Requester (PPTK)
role-approver = Procurement officer
role-receiver = Receiver of goods
role-treasurer = Treasurer
role-agency-head = Head of agency
role-inspector = Inspectorate
role-policy-editor = Rule editor
role-policy-approver = Rule approver
role-market-clerk = Market clerk
role-city-admin = City account administrator
organisation-kind-agency = Agency
    .hint = Buys for the city: requester, procurement officer, receiver, treasurer, head.
organisation-kind-registry-office = Registry office
    .hint = Registers and checks businesses: registry officers. Usually the office for cooperatives and small businesses.
organisation-kind-inspectorate = Inspectorate
    .hint = Audits all other offices and is part of none of them.
organisation-kind-business = Business
organisation-kind-cooperative = Cooperative
organisation-kind-bank = Bank
organisation-kind-city-office = Office that runs Gerai
    .hint = Looks after accounts and rules: administrators, rule editors and approvers. For example the offices for information and law.
organisation-kind-market = Market
organisation-kind-gallery = Gallery
personal-nik = NIK
personal-npwp = NPWP
personal-nib = NIB
personal-phone = Mobile number

## Menu
account-nav-people = People
account-nav-organisations = Organisations
account-nav-agency = Agency people

## Sign in
account-unsent-title = Your session is over
account-unsent = What you sent just now was not received. After signing in you come back to the form: check it and send it again.
account-sign-in-title = Sign in
account-sign-in-about = One account for business, shopping and agency work.
account-sign-in = Sign in
account-identifier = Mobile number or e-mail
    .hint = Numbers may start with 08, 62 or +62.
account-password = Password
account-stay = This is my own phone, keep me signed in
    .hint = Leave unticked on somebody else's phone or computer.
account-forgot = Forgot password
account-no-account = No account yet
account-warning-title = Password and code are for you alone
account-warning = City officers never ask for them by phone or message.
account-demo-title = Choose a character
account-demo-about = A sample city. All people are invented; sign in as anyone without typing.
account-demo-be = Be this person
account-signed-out = You are signed out.
account-wrong-password = Number or password does not match. Check both, or set a new password through "Forgot password".
account-password-missing = Enter your password.
account-identifier-missing = Enter the mobile number or e-mail you registered.
account-too-many-attempts = { $a ->
    [one] Too many attempts. Wait one minute, then try again.
   *[other] Too many attempts. Wait { $a } minutes, then try again.
  }

## Second factor
account-code-title = Code from your phone
account-code-about = Open your authenticator app and type the six digits for this account.
account-code = Code
    .hint = Six digits from the app, or one recovery code from your paper.
account-demo-code = This person's code: { $a }
account-demo-code-about = In a real city only the officer's phone shows it.
account-wrong-code = { $a ->
    [0] The code does not match. No attempts left; wait ten minutes.
   *[other] The code does not match or was used. Wait for the next one in the app; { $a } attempts left.
  }
account-code-expired = Ten minutes have passed. Please sign in again.
account-lost-phone = Phone lost or replaced
account-lost-phone-about = Type one recovery code from your paper. Lost that too: visit the city's account administrator with your identity card.

## Join
account-joined = Your account is ready, and you are signed in. Do you run a business? Go on and register it.
account-join-title = Create an account
account-join-about = A name, a mobile number or mail address, and a password are enough. Then you can register your business.
account-join = Create account
account-join-privacy = Your number is used to sign in and to reach you; the public does not see it.
account-has-account = I have an account
account-name = Full name
    .hint = As on your identity card. One word is fine.
account-phone = Mobile number
    .hint = May start with 08, 62 or +62. Number or e-mail, one is enough.
account-email = E-mail
    .hint = For a new password, should you forget it.
account-new-password = New password
    .hint = At least 10 characters. A few words you remember are safer than one word with digits.
account-name-length = Enter a name of 2 to { $a } characters.
account-name-signs = A name cannot contain < or >.
account-name-letters = A name is written with letters, for example Siti Aminah.
account-too-many-new = Many accounts were opened from this network within an hour. Try again in { $a } minutes, or ask an officer at the city office to open it. For a registration day in a hall, ask the city to raise the limit.
account-phone-signs = Enter digits only, for example 0812 3456 7890.
account-phone-start = Indonesian mobile numbers start with 08, 62 or +62, for example 0812 3456 7890.
account-phone-length = This number has { $a } digits. Mobile numbers usually have 10–13, for example 0812 3456 7890.
account-phone-taken = This number already has an account. Sign in with it, or set a new password.
account-email-format = Enter a complete e-mail address, for example siti@contoh.id.
account-email-taken = This e-mail already has an account. Sign in with it, or set a new password.
account-contact-missing = Enter a mobile number or e-mail, so that you can sign in and be reached.
account-password-short = A password has at least { $a } characters. Combine a few words.
account-password-long = A password has at most { $a } characters.
account-password-blank = This password is only spaces. Type a few words.
account-password-figures = Digits alone are easy to guess. Combine a few words.
account-password-same = The new password is the same as the old one. Choose another.
account-password-common = Many people use this password. Combine a few unusual words.
account-password-own = Do not use your own name, number or e-mail as a password.
account-language-unknown = Choose Bahasa Indonesia or English.
account-theme-unknown = Choose light, dark or the device's setting.

## Forgot password
account-help-title = Forgot password
account-help-about = We send a letter with a link to your e-mail. The link works for 30 minutes.
account-send-letter = Send letter
account-letter-sent = A letter was sent if the account exists
account-letter-sent-about = Check your e-mail and the spam folder. The link works once, for 30 minutes. Accounts without e-mail: visit the help desk.
account-back-to-door = Back to sign in
account-desk-title = No e-mail
account-desk-about = Visit the account administrator at the city office with your identity card. They make a link for a new password.
account-letter-title = A new password for Gerai { $a }
account-letter-body =
    Dear { $a },

    Somebody asked for a new password for your account. If it was you, open this link within 30 minutes:

    { $b }

    If it was not you, ignore this letter; the old password stays.
account-choose-title = New password
account-choose-about = For the account of { $a }. Once saved, all other devices are signed out.
account-save-password = Save password
account-password-set = The new password is saved. Please sign in.
account-link-expired = This link was used or has expired. Ask for a new one through "Forgot password".

## My account
account-title = My account
account-me = About me
account-change = Change
account-since = Account since
account-safety = Safety
account-set = Set
account-not-set = Not set
account-on = On
account-off = Off
account-second-factor = Second factor on your phone
    .hint = Required for officers, advised for everybody.
account-sessions-count = { $a ->
    [one] One device
   *[other] { $a } devices
  }
account-looks-count = { $a ->
    [0] Never
    [one] Once
   *[other] { $a } times
  }
account-seats = Acting for
account-seats-none = You do not act for any business or agency yet.
account-register-business = Register a business
account-seat-current = Now
account-seat-take = Choose
account-switched = You now act for the organisation you chose.
account-back = Back to my account
account-details-title = Change my details
account-details-saved = Your details are saved.
account-save-details = Save details
account-password-again = Current password
    .hint = So that we know it is you.
account-password-title = Change password
account-password-about = Once changed, all other devices are signed out.
account-old-password = Current password
account-old-password-wrong = The current password does not match. Type it again; mind capitals.
account-password-saved = Your password is changed.

## Setting up the second factor
account-second-factor-about = Besides your password you type six digits from your phone. Whoever steals your password still cannot get in.
account-pending-title = Officers must set up a second factor
account-pending-about = Until then, agency work stays closed.
account-way-app = Install an authenticator app on your phone, such as Google Authenticator, Aegis or 2FAS.
account-way-scan = Scan the picture we show.
account-way-paper = Keep eight recovery codes on paper.
account-second-factor-start = Set up second factor
account-scan-title = Scan with the app
account-scan-about = Open the authenticator app, choose to add an account, and scan this picture.
account-scan-label = Picture code for the authenticator app
account-open-app = Open in the app on this phone
account-secret = Or type
account-first-code-title = Type the first code
account-first-code = Six digits in the app
account-first-code-wrong = The code does not match. Check that the phone sets its clock automatically, then type the code shown now.
account-second-factor-on = Turn second factor on
account-second-factor-since = Second factor on since { $a }
account-second-factor-not-begun = Setting up has not begun. Open My account and choose Second factor.
account-second-factor-missing = This person has no second factor.
account-codes-left = { $a ->
    [0] No recovery codes left. Make new ones.
    [one] One recovery code left.
   *[other] { $a } recovery codes left.
  }
account-renew-title = Paper used up or new phone
account-renew-about = New recovery codes cancel the old ones. A new phone is scanned from the start; the old one works until the first code matches.
account-renew-codes = Make new recovery codes
account-new-phone = Move to a new phone
account-codes-title = Recovery codes
account-codes-on = Second factor is on
account-codes-about = Write down or print these eight codes now; they are not shown again. Each works once, when the phone is not there.
account-codes-kept = I have kept them

## Devices
account-sessions-title = Devices signed in
account-sessions-about = One you do not know: sign it out, then change your password.
account-session-since = Signed in { $a }
account-session-seen = Last used { $a }
account-session-here = This device
account-session-end = Sign out
account-sessions-end = Sign out all other devices
account-sessions-only-here = You are signed in on this device only.
account-session-ended = That device is signed out.
account-sessions-ended = All other devices are signed out.

## Who looked
account-looks-title = Who looked at my numbers
account-looks-about = Each time an officer opens your NIK or NPWP, their name is written down here.
account-looks-none = Nobody has looked
account-looks-none-about = Your numbers are stored encrypted. When an officer opens one, it shows here.
account-look-what = What
account-look-who = By
account-look-why = What for
account-purpose-wanted = Choose the purpose.
account-purpose-words = Explain that other purpose in at least two words and ten letters. The owner of the number reads it.

## Keys for programs
account-tokens-title = Program keys
account-tokens-kind = API
account-tokens-hint = For tills or apps connected to Gerai
account-tokens-about = A program uses this key to act for your organisation, within what you allow.
account-tokens-none = Nothing can be allowed yet
account-tokens-none-about = Keys can be made only while you act for a business or an agency.
account-token-new = New key for { $a }
account-token-name = Name of the program
    .hint = For example: Shop till.
account-token-lives = Valid for
account-days = { $a } days
account-token-permissions = What it may do
account-token-make = Make key
account-token-title = New key
account-token-once = Copy it now
account-token-once-about = The key is not shown again. Keep it where only that program reads it.
account-token-kept = I have copied it
account-token-until = Valid until { $a }
account-token-used = Last used { $a }
account-token-revoke = Revoke
account-token-revoked = The key is revoked.
account-token-name-length = Enter a name of 1 to { $a } characters.
account-token-days = Choose 1 to { $a } days.
account-token-permissions-missing = Choose at least one permission.
account-token-permissions-beyond = You do not hold one of these permissions. Choose again from the list.
account-token-no-organisation = First choose the business or agency you act for.
account-too-many-tokens = There are 20 keys already. Revoke those not in use, then make a new one.
account-copy = Copy
account-copied = Copied

## Help desk
account-people-title = People
account-people-search = Search people
    .placeholder = Name or telephone number
account-people-office = With a role at
account-people-all = Everybody
account-people-none = Nobody has that name or number
account-people-none-about = Check the spelling, write the whole number, or open a new account.
account-contact = Contact
account-person-new = New account
account-person-new-about = For somebody who stands here with an identity card. They choose a password themselves through the link you make next.
account-person-name = Full name
account-person-add = Open account
account-person-added = The account is open. Give a role, then make a password link.
account-phone-of = This number belongs to the account of { $a }.
account-email-of = This address belongs to the account of { $a }.
account-person-known = { $a } already has an account
account-person-open = Open the account
account-person-unknown = No account has this number or e-mail yet. Ask the person to create one first.
account-roles = Roles
account-roles-none = Holds no role.
account-no-role = No role
account-roles-look = See the roles there
account-role = Role
account-role-since = Since { $a }
account-role-until = until { $a }
account-role-give = Give role
account-role-give-about = The person must have an account.
account-role-end = End
account-role-given = The role is given.
account-role-taken = The role has ended.
account-role-missing = Choose a role.
account-role-held = This person already holds that role there.
account-role-ended = This role has already ended.
account-belongs-agency = This role is for people who buy, so only agencies have it. Choose the agency.
account-belongs-registry-office = Registry officers work in the registry office, not in an agency that buys or in another office. Choose the registry office.
account-belongs-inspectorate = An auditor does not sit in an office that is audited. Choose the inspectorate; if there is none, add it under Organisations.
account-belongs-city-office = Accounts and rules are looked after in the office that runs Gerai, such as the offices for information or law. Choose it.
account-belongs-business = Owners are not given their role here. They have it once an officer has verified their business.
account-conflict-owner = This person owns { $a }. One person cannot hold both roles.
account-conflict-registry-officer = This person is a registry officer at { $a }. Whoever checks sellers does not buy or audit. Give this role to somebody else.
account-conflict-requester = This person is a requester at { $a }. Whoever states a need does not approve, receive, pay, register sellers or audit. Give this role to somebody else.
account-conflict-approver = This person is a procurement officer at { $a }. Whoever approves does not request, receive, pay, register sellers or audit. Give this role to somebody else.
account-conflict-receiver = This person receives goods at { $a }. Whoever receives does not request, approve, pay, register sellers or audit. Give this role to somebody else.
account-conflict-treasurer = This person is treasurer at { $a }. Whoever pays does not request, approve, receive, hold the budget, register sellers or audit. Give this role to somebody else.
account-conflict-agency-head = This person is head of { $a }. Whoever holds the budget does not request, pay, register sellers, manage accounts or audit. Give this role to somebody else.
account-conflict-inspector = This person is an inspector at { $a }. Inspectors hold no other role in any office. End that role first, or choose somebody else.
account-conflict-policy-editor = This person is a rule editor at { $a }. Rules are approved by somebody else, and auditors do not write rules. Choose somebody else.
account-conflict-policy-approver = This person is a rule approver at { $a }. Rules are written by somebody else, and auditors do not approve rules. Choose somebody else.
account-conflict-market-clerk = This person is a market clerk at { $a }. A market clerk decides about buyers' and sellers' money, so they do not sell, hand out roles or audit. Choose somebody else.
account-conflict-city-admin = This person manages accounts at { $a }. Whoever hands out roles does not buy or audit. Choose somebody else.
account-last-admin = This is the last administrator. Give the role to somebody else first; without one nobody can give roles.
account-end-title = End a role
account-end-whom = Of
account-end-since = Since
account-end-leaves = Work that waits for this role: { $a }. Nobody else holds it.
account-end-leaves-about = Give the role to a successor first, so that this work does not stand still.
account-end-others = Work that waits for this role: { $a }
account-end-others-about = Others who hold the same role here go on with it: { $a }.
account-end-nothing = No work waits for this role.
account-end-heaps = What waits
account-end-reason = Reason
    .hint = For example: moved to another office. Kept in the trail.
account-end-reason-long = Write the reason in at most 200 characters.
account-end-now = End the role now
account-too-many-roles = This person holds 50 roles already. End old ones first.
account-not-for-yourself = Not for yourself. Ask another administrator.
account-until-past = Choose a day that has not passed.
account-member = Mobile number or e-mail
    .hint = The one this person signs in with.
account-you = You
account-choose = Choose
account-organisation = Organisation
account-organisation-missing = Choose an organisation.
account-offices-none = There is no organisation yet.
account-desk-help = Help at the desk
account-desk-help-about = Compare face and identity card first. Each help is recorded under your name.
account-link-make = Make password link
account-link-title = Password link
account-link-once = Hand it over now
account-link-once-about = The link for { $a } works once, for 24 hours, and is not shown again.
account-link-given = I have handed it over
account-link-shown = The link is shown only once
account-link-shown-about = Not handed over yet: make a new one. The old one stops working at once.
account-link-back = Back to the person
account-second-factor-remove = Remove second factor
account-second-factor-remove-title = Remove the second factor of { $a }?
account-second-factor-remove-about = All their devices are signed out. Officers must set it up again at sign-in.
account-second-factor-removed = The second factor is removed.
account-organisations-title = Agencies and offices
account-organisations-search = Search agencies
    .placeholder = Name of agency
account-organisations-none = No agency has that name
account-organisations-none-about = Check the spelling, or add it.
account-organisation-new = Add agency
account-organisation-add = Add
account-organisation-added = The agency is added. Give people their roles under People.
account-organisation-kind = Kind
account-organisation-kind-missing = Choose a kind.
account-organisation-name = Official name
account-organisation-code = Code
    .hint = As in budget documents, for example 1.02.01.
account-organisation-code-format = A code holds letters, digits, dots or dashes; at most { $a } characters.
account-organisation-name-taken = There is an organisation of this kind and name. Use that one, or tell them apart by name.
account-organisation-rename = Rename
account-organisation-rename-about = Orders and papers that exist keep the old name. The code stays.
account-organisation-rename-now = Save the new name
account-organisation-renamed = The name was changed.
account-organisation-code-taken = Another organisation has this code.
account-agency-title = Agency people
account-agency-about = Who does what in { $a }. Each change takes effect at once.

## Permissions of program keys
permission-account-manage = Manage accounts and roles
permission-agency-people = Arrange the agency's people
permission-catalog-offer = Offer goods and change stock
permission-house-inspect = Read the city's records
permission-house-operate = Operate the system
permission-policy-approve = Put rules into force
permission-policy-draft = Draft rules
permission-procurement-approve = Approve requests and send orders
permission-procurement-budget = Manage the agency's budget
permission-procurement-budgets = Import budgets of all agencies
permission-procurement-inspect = Read all orders
permission-procurement-pay = Pay
permission-procurement-receive = Receive goods
permission-procurement-request = Request goods
permission-procurement-see-budget = See how budgets are used
permission-procurement-sell = Accept and deliver orders
permission-procurement-watch = See the agency's orders
permission-registry-import = Import businesses
permission-registry-office = Open the registry desk
permission-registry-verify = Verify businesses
