//! The exports of password managers, each with a value of its own in every field: nothing is lost without a word.

use super::tests::{read, recognised, shown};

/// Reads a text that is recognised as this format. Each word in it that begins with `S-` must be in what comes
/// out, and each that begins with `D-` must not.
fn checked(format: &str, text: &str) -> Vec<String> {
    assert_eq!(recognised(text), Some(format), "{text}");
    complete(format, text)
}

fn complete(format: &str, text: &str) -> Vec<String> {
    let import = read(format, text);
    let shown = shown(&import);
    let all = shown.join("\n");
    let words: Vec<&str> = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).collect();
    let secrets: Vec<_> = words.iter().filter(|word| word.starts_with("S-")).collect();
    assert!(secrets.len() > 2, "{text}");
    for secret in secrets {
        assert!(all.contains(*secret), "{secret} is lost: {all}");
    }
    for deleted in words.iter().filter(|word| word.starts_with("D-")) {
        assert!(!all.contains(*deleted), "{deleted} came back: {all}");
    }
    shown.into_iter().chain(import.notices).collect()
}

#[test]
fn lastpass() {
    let text = "url,username,password,totp,extra,name,grouping,fav\n\
        https://a.example,ada,S-pw,S-TOTP,\"S-note\nline\",Shop,Work\\Dev,1\n\
        http://sn,,,,\"NoteType:Server\nHostname:h\nPassword:S-inner\",Server,,0\n";
    let shown = checked("lastpass-csv", text).join("\n");
    assert!(shown.contains("{name: folder, value: Work/Dev}") && !shown.contains("http://sn"), "{shown}");
    let older = text.replace("totp,", "").replace("S-TOTP,", "").replace(",,,,", ",,,");
    checked("lastpass-csv", &older);
    // the order of the columns says nothing
    checked(
        "lastpass-csv",
        "fav,name,grouping,extra,url,username,password\n0,n,,S-x,https://h.example,S-u,S-p\n",
    );
}

#[test]
fn keepassxc() {
    let text = "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last Modified\",\"Created\"\n\
        \"Root/Work/DB\",\"Main\",\"sa\",\"S-p,\"\"w\",\"https://db.example\",\"S-n1\n2\",\"otpauth://totp/x?secret=S-SEED\",\"0\",\"t\",\"c\"\n\
        \"Root\",\"Note\",\"\",\"\",\"\",\"S-only\",\"\",\"0\",\"t\",\"c\"\n";
    let shown = checked("keepassxc-csv", text).join("\n");
    assert!(
        shown.contains("{name: group, value: Work/DB}")
            && shown.contains("dropped Icon, Last Modified, Created")
    );
    assert!(!shown.contains("Root"), "{shown}");
}

#[test]
fn bitwarden_csv() {
    let text = "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n\
        Work,1,login,Shop,S-note,\"PIN: S-1234\nlong: S-a\nS-b\",0,\"https://a.example,https://b.example:8443/x\",ada,S-pw,S-TOTP\n\
        ,,note,Door,S-code,,0,,,,\n";
    let shown = checked("bitwarden-csv", text).join("\n");
    assert!(
        shown.contains("https://b.example:8443/x]") && shown.contains("name: PIN, value: S-1234"),
        "{shown}"
    );
    assert!(shown.contains("name: long, value: S-a\nS-b"), "{shown}");
    let of_organization = "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n\
        Team,login,Shop,,,0,S-uri,S-user,S-pw,\n";
    checked("bitwarden-csv", of_organization);
}

#[test]
fn bitwarden_json() {
    let json = r#"{"encrypted":false,"folders":[{"id":"f","name":"Work"}],"items":[
        {"passwordHistory":[{"lastUsedDate":"2024","password":"D-old"}],"revisionDate":"2024","id":"1","folderId":"f","type":1,
         "name":"Shop","notes":"S-note","favorite":true,"fields":[{"name":"PIN","value":"S-1234","type":1},
          {"name":"hint","value":"S-hint","type":0}],"attachments":[{"id":"a","fileName":"plan.pdf"}],
         "login":{"uris":[{"uri":"https://a.example"}],"username":"ada","password":"S-pw","totp":"S-TOTP",
          "fido2Credentials":[{"credentialId":"D-key"}]}},
        {"id":"2","type":2,"name":"Door","notes":"S-code","secureNote":{"type":0}},
        {"id":"3","type":3,"name":"Visa","notes":"S-cn","card":{"cardholderName":"S-ada","brand":"S-visa","number":"S-4111",
         "expMonth":"S-01","expYear":"S-2030","code":"S-123"}},
        {"id":"4","type":4,"name":"Me","identity":{"title":"S-mrs","firstName":"S-f","lastName":"S-l","ssn":"S-ssn",
         "passportNumber":"S-pass","licenseNumber":"S-lic","email":"S-mail","phone":"S-555","address1":"S-a1","country":"S-co"}},
        {"id":"5","type":5,"name":"deploy","notes":"S-kn","sshKey":{"privateKey":"S-key","publicKey":"S-pub","keyFingerprint":"S-fp"}},
        {"id":"6","type":1,"name":"gone","login":{"username":"u","password":"D-pw"},"deletedDate":"2024"}]}"#;
    let shown = checked("bitwarden", json).join("\n");
    for text in [
        "passwordHistory",
        "attachment plan.pdf",
        "login.fido2Credentials",
        "the trash was skipped, with 1 entries",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
}

#[test]
fn nordpass() {
    let text = "name,url,additional_urls,username,password,note,cardholdername,cardnumber,cvc,pin,expirydate,zipcode,folder,\
        full_name,phone_number,email,address1,address2,city,country,state,type,custom_fields\n\
        Work,,,,,,,,,,,,,,,,,,,,,folder,\n\
        Shop,https://a.example,\"[\"\"https://b.example\"\"]\",ada,S-pw,S-note,,,,,,,Work,,,,,,,,,password,\"[{\"\"label\"\":\"\"PIN\"\",\"\"type\"\":\"\"hidden\"\",\"\"value\"\":\"\"S-pin\"\"}]\"\n\
        Visa,,,,,S-cn,S-ada,S-4111,S-123,S-9,S-0130,S-zip,,,,,,,,,,credit_card,\n\
        Me,,,,,,,,,,,S-z2,,S-full,S-phone,S-mail,S-a1,S-a2,S-city,S-country,S-state,identity,\n";
    let shown = checked("nordpass-csv", text);
    assert!(shown.join("\n").contains("url: [https://a.example, https://b.example]"), "{shown:?}");
    assert!(!shown.iter().any(|item| item.contains(" Work {")), "{shown:?}");
}

#[test]
fn dashlane() {
    for text in [
        "username,username2,username3,title,password,note,url,category,otpSecret\n\
         ada,S-u2,S-u3,Shop,S-pw,S-note,https://a.example,Work,S-TOTP\n",
        "title,note\nDoor,S-code\nLong,\"S-a\nS-b\"\n",
        "type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,routing_number,\
         account_number,country,issuing_bank\n\
         credit_card,Visa,S-ada,S-4111,S-123,S-01,S-2030,,,S-US,S-bank\n\
         bank,Giro,S-holder,,,,,S-routing,S-account,,\n",
        "type,number,name,issue_date,expiration_date,place_of_issue,state\npassport,S-C01,S-ada,S-2020,S-2030,S-city,S-st\n",
        "type,title,first_name,middle_name,last_name,login,date_of_birth,place_of_birth,email,email_type,item_name,\
         phone_number,address,country,state,city,zip,address_recipient,address_building,address_apartment,\
         address_floor,address_door_code,job_title,url\n\
         name,S-MRS,S-f,S-m,S-l,S-log,S-dob,S-pob,S-e,S-et,Me,S-ph,S-ad,S-co,S-st,S-ci,S-zip,S-rec,S-bu,S-ap,S-fl,S-door,S-job,S-url\n",
    ] {
        checked("dashlane-csv", text);
    }
}

#[test]
fn proton_pass() {
    let text = "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault\n\
        login,Shop,\"https://a.example,https://b.example\",S-mail,ada,S-pw,S-note,S-TOTP,1,2,P\n\
        login,Mail,,S-mail2,,S-pw2,,,1,2,P\n\
        alias,Alias,,S-mail3,,,,,1,2,P\n";
    let shown = checked("proton-pass-csv", text).join("\n");
    // without a password it is no login
    assert!(!shown.contains("username: S-mail3"), "{shown}");
    assert!(
        shown.contains("username: S-mail2") && shown.contains("url: [https://a.example, https://b.example]"),
        "{shown}"
    );
    let json = r#"{"version":"1.30","userId":"u","encrypted":false,"vaults":{"v":{"name":"Personal","description":"",
        "display":{"color":0,"icon":0},"items":[
        {"itemId":"i","shareId":"s","data":{"metadata":{"name":"Shop","note":"S-note","itemUuid":"x"},
         "extraFields":[{"fieldName":"PIN","type":"hidden","data":{"content":"S-1234"}},
          {"fieldName":"hint","type":"text","data":{"content":"S-hint"}},
          {"fieldName":"2","type":"totp","data":{"totpUri":"S-second"}},
          {"fieldName":"when","type":"timestamp","data":{"timestamp":"S-2030"}}],"type":"login",
         "content":{"itemEmail":"S-mail","password":"S-pw","urls":["https://a.example"],"totpUri":"S-TOTP","passkeys":[{"keyId":"k"}],
          "itemUsername":"ada"}},"state":1,"aliasEmail":null,"contentFormatVersion":7,"createTime":1,"modifyTime":2,"pinned":true,
         "files":["f"]},
        {"data":{"metadata":{"name":"Old","note":""},"extraFields":[],"type":"login","content":{"password":"D-gone"}},"state":2},
        {"data":{"metadata":{"name":"Visa","note":""},"extraFields":[],"type":"creditCard","content":{"cardholderName":"S-ada",
         "cardType":0,"number":"S-4111","verificationNumber":"S-123","expirationDate":"S-012030","pin":"S-9"}},"state":1},
        {"data":{"metadata":{"name":"Me","note":""},"extraFields":[],"type":"identity","content":{"fullName":"S-full",
         "socialSecurityNumber":"S-ssn","extraPersonalDetails":[{"fieldName":"shoe","type":"text","data":{"content":"S-42"}}],
         "extraSections":[{"sectionName":"Club","sectionFields":[{"fieldName":"no","type":"hidden","data":{"content":"S-no"}}]}]}},"state":1},
        {"data":{"metadata":{"name":"Alias","note":"S-an"},"extraFields":[],"type":"alias","content":{}},"state":1,"aliasEmail":"S-alias"},
        {"data":{"metadata":{"name":"Wifi","note":""},"extraFields":[],"type":"wifi","content":{"ssid":"S-net","password":"S-wpw","security":2,"sections":[]}},"state":1},
        {"data":{"metadata":{"name":"key","note":"S-kn"},"extraFields":[],"type":"sshKey","content":{"privateKey":"S-key","publicKey":"S-pub","sections":[]}},"state":1}]}}}"#;
    let shown = checked("proton-pass-json", json).join("\n");
    assert!(shown.contains("Club no") && shown.contains("dropped 1 passkeys, attachment f"), "{shown}");
    assert!(shown.contains("the trash was skipped, with 1 entries"), "{shown}");
}

#[test]
fn enpass() {
    let json = r#"{"folders":[{"uuid":"f1","title":"Work","parent_uuid":"","icon":"","updated_at":1}],"items":[
        {"archived":0,"attachments":[{"name":"plan.pdf"}],"auto_submit":1,"category":"login","favorite":1,"fields":[
         {"deleted":0,"label":"Username","sensitive":0,"type":"username","uid":10,"value":"ada"},
         {"deleted":0,"label":"E-mail","sensitive":0,"type":"email","uid":12,"value":"S-mail"},
         {"deleted":0,"label":"Password","sensitive":1,"type":"password","uid":11,"value":"S-pw","history":[{"value":"D-old"}]},
         {"deleted":0,"label":"Website","sensitive":0,"type":"url","uid":13,"value":"https://a.example"},
         {"deleted":0,"label":"One-time code","sensitive":0,"type":"totp","uid":14,"value":"S-TOTP"},
         {"deleted":0,"label":"PIN","sensitive":1,"type":"pin","uid":15,"value":"S-1234"},
         {"deleted":1,"label":"gone","sensitive":1,"type":"text","uid":16,"value":"D-field"}],
         "folders":["f1"],"note":"S-note","subtitle":"ada","template_type":"login.default","title":"Shop","trashed":0,"uuid":"u"},
        {"category":"note","fields":[],"note":"S-door","template_type":"note.default","title":"Door","trashed":0},
        {"category":"note","fields":[],"note":"D-trash","template_type":"note.default","title":"Bin","trashed":1}]}"#;
    let shown = checked("enpass-json", json).join("\n");
    assert!(shown.contains("{name: folder, value: Work}"), "{shown}");
    assert!(shown.contains("attachment plan.pdf, 1 old values"), "{shown}");
    let csv = "Shop,Username,ada,*Password,S-pw,Website,https://a.example,TOTP,S-TOTP,*PIN,S-1234,S-note\n\
        Door,S-code\nodd,a,b\n";
    assert_ne!(recognised(csv), Some("enpass-csv"));
    let shown = complete("enpass-csv", csv).join("\n");
    assert!(shown.contains("line-3: line 3: must be a title"), "{shown}");
}

#[test]
fn one_password_archive() {
    let json = r#"{"accounts":[{"attrs":{"accountName":"A","email":"a@x.example"},"vaults":[{"attrs":{"name":"Private","type":"P"},"items":[
        {"uuid":"1","favIndex":1,"state":"active","categoryUuid":"001","details":{"loginFields":[
          {"value":"ada","id":"","name":"username","fieldType":"T","designation":"username"},
          {"value":"S-pw","id":"","name":"password","fieldType":"P","designation":"password"},
          {"value":"S-remember","id":"r","name":"","fieldType":"C"},{"value":{"email_address":"S-linked"},"id":"l","name":"mail","fieldType":"E"}],
          "notesPlain":"S-note","sections":[{"title":"More","name":"x","fields":[
           {"title":"one","id":"TOTP_1","value":{"totp":"otpauth://totp/x?secret=S-SEED"}},
           {"title":"PIN","id":"p","value":{"concealed":"S-1234"}},{"title":"text","id":"t","value":{"string":"S-text"}},
           {"title":"born","id":"d","value":{"date":946684800}},{"title":"until","id":"m","value":{"monthYear":203001}},
           {"title":"home","id":"a","value":{"address":{"street":"S-street","city":"S-city","country":"S-c","zip":"S-z","state":"S-s"}}},
           {"title":"call","id":"c","value":{"phone":"S-555"}},{"title":"web","id":"w","value":{"url":"S-url"}},
           {"title":"mail","id":"e","value":{"email":{"email_address":"S-em","provider":null}}},
           {"title":"card","id":"n","value":{"creditCardNumber":"S-4111"}},{"title":"kind","id":"k","value":{"creditCardType":"S-visa"}},
           {"title":"new","id":"q","value":{"brandNew":"S-new"}},{"title":"see","id":"ref","value":{"reference":"uuid"}},
           {"title":"doc","id":"f","value":{"file":{"fileName":"plan.pdf","documentId":"d","decryptedSize":3}}}]}],
          "passwordHistory":[{"value":"D-old","time":1}]},
         "overview":{"subtitle":"ada","title":"Shop","url":"https://a.example","urls":[{"label":"","url":"https://a.example"},
          {"label":"b","url":"https://b.example"}],"tags":["work","dev"]}},
        {"item":{"uuid":"2","trashed":true,"details":{"notesPlain":"D-trash"},"overview":{"title":"gone"}}},
        {"uuid":"3","state":"archived","categoryUuid":"005","details":{"loginFields":[],"sections":[],"password":"S-alone","passwordHistory":[]},"overview":{"title":"token"}},
        {"uuid":"4","state":"active","categoryUuid":"110","details":{"loginFields":[],"sections":[{"title":"","fields":[
          {"title":"URL","id":"url","value":{"string":"S-host"}},{"title":"user","id":"username","value":{"string":"root"}},
          {"title":"password","id":"password","value":{"concealed":"S-root"}}]}]},"overview":{"title":"Server"}},
        {"uuid":"5","state":"active","categoryUuid":"114","details":{"notesPlain":"S-kn","sections":[{"title":"","fields":[
          {"title":"private key","id":"private_key","value":{"sshKey":{"privateKey":"S-key","metadata":{"privateKey":"S-key",
           "publicKey":"S-pub","fingerprint":"S-fp","keyType":"ed25519"}}}}]}]},"overview":{"title":"deploy"}},
        {"uuid":"6","state":"active","categoryUuid":"006","details":{"documentAttributes":{"fileName":"scan.png","documentId":"x","decryptedSize":9}},"overview":{"title":"Scan"}}]}]}]}"#;
    let all = checked("1password-1pux", json);
    let shown = all.join("\n");
    for text in [
        "name: More born, value: 2000-01-01",
        "name: More until, value: 2030-01",
        "attachment plan.pdf, 1 old passwords",
        "url: [https://a.example, https://b.example]",
        "{name: archived, value: true}",
        "UsernamePassword Server",
        "privkey deploy",
        "the trash was skipped, with 1 entries",
        "1 entries have nothing but attachments",
        "link More see",
    ] {
        assert!(shown.contains(text), "{text}: {all:#?}");
    }
}

#[test]
fn secrets_of_kubernetes() {
    let encoded = |text: &str| crate::base64::encode(text.as_bytes()).expose().to_owned();
    let docker = format!(
        r#"{{"auths":{{"r.example":{{"auth":"{}"}},"q.example":{{"username":"S-du","password":"S-dp","email":"S-de"}}}}}}"#,
        encoded("S-ru:S-rp")
    );
    let yaml = format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app\n  namespace: prod\n  labels: {{a: b}}\n  uid: x\ntype: Opaque\n\
         data:\n  TOKEN: {}\nstringData:\n  # S-plain S-token\n  plain: S-plain\n---\n\
         apiVersion: v1\nkind: Secret\nmetadata: {{name: login}}\ntype: kubernetes.io/basic-auth\n\
         stringData: {{username: ada, password: S-pw, host: S-host}}\n---\n\
         apiVersion: v1\nkind: Secret\nmetadata: {{name: pull}}\ntype: kubernetes.io/dockerconfigjson\n\
         data: {{.dockerconfigjson: {}}}\n---\n\
         apiVersion: v1\nkind: Secret\nmetadata: {{name: sa}}\ntype: kubernetes.io/service-account-token\n\
         stringData: {{token: S-sa, ca.crt: S-ca}}\n---\n\
         apiVersion: v1\nkind: Secret\nmetadata: {{name: broken}}\ntype: kubernetes.io/dockercfg\n\
         stringData: {{.dockercfg: S-nojson}}\n---\n\
         apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: no}}\ndata: {{a: D-config}}\n",
        encoded("S-token"),
        encoded(&docker)
    );
    let shown = checked("kubernetes", &yaml).join("\n");
    assert!(shown.contains("env prod/app"), "{shown}");
    for text in [
        "{name: namespace, value: prod}",
        "dropped labels",
        "UsernamePassword login",
        "S-rp",
        "S-dp",
        "apikey sa",
        "{.dockercfg: S-nojson}",
        "1 manifests of other kinds",
    ] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    for text in ["kind: Secret\ndata: {a: YQ==}\n", "apiVersion: v1\nkind: Pod\nspec: {secretName: Secret}\n"]
    {
        assert_ne!(recognised(text), Some("kubernetes"), "{text}");
    }
}
