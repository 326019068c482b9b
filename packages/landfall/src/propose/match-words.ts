/** What a column can hold, whatever the table: found by its header in five languages. */
export type Concept = keyof typeof conceptWords;

/**
 * Headers by concept: English; Turkish; German; Spanish; French. Folded as `nameKey` folds, spaces aside
 * (`E-Posta Adresi` is `epostaadresi`), so each is written as people write it.
 */
export const conceptWords = {
  id: 'id;record id;key;uid;guid;external id;identifier;number;no;nr;kayit no;kayit id;sira no;kimlik;kod;kodu;code;datensatz id;nummer;kennung;identificador;codigo;numero;identifiant;cle',
  fullName:
    'name;full name;display name;ad soyad;adi soyadi;ad ve soyad;isim soyisim;isim;adsoyad;unvan ad soyad;vollstandiger name;vor und nachname;nombre completo;nombre y apellidos;nom complet;nom et prenom;nom prenom',
  firstName:
    'first name;firstname;given name;forename;fname;ad;adi;isim adi;vorname;rufname;nombre;nombre de pila;primer nombre;prenom',
  middleName: 'middle name;ikinci ad;zweiter vorname;segundo nombre;deuxieme prenom',
  lastName:
    'last name;lastname;surname;family name;lname;soyad;soyadi;soyisim;nachname;familienname;apellido;apellidos;nom de famille;nom',
  email:
    'email;e-mail;mail;email address;e mail address;work email;business email;e posta;eposta;e posta adresi;mail adresi;elektronik posta;is e postasi;e mail adresse;mailadresse;correo;correo electronico;direccion de correo;email profesional;courriel;adresse e mail;adresse mail;adresse email;adresse electronique',
  emailHome:
    'personal email;private email;home email;secondary email;other email;email 2;e mail 2;kisisel e posta;ikinci e posta;private e mail;correo personal;correo secundario;email personnel;courriel personnel',
  phone:
    'phone;telephone;tel;phone number;telephone number;work phone;office phone;business phone;main phone;landline;telefon;telefon no;telefon numarasi;is telefonu;sabit telefon;sirket telefonu;ofis telefonu;telefonnummer;festnetz;buro telefon;rufnummer;telefono;numero de telefono;telefono fijo;telefono trabajo;numero de telephone;telephone fixe;telephone bureau',
  mobile:
    'mobile;mobile phone;cell;cell phone;cellphone;mobile number;gsm;whatsapp;cep;cep telefonu;cep no;cep tel;mobil telefon;handy;mobil;handynummer;mobiltelefon;mobilnummer;movil;celular;telefono movil;portable;telephone portable;mobile telephone;tel portable',
  homePhone:
    'home phone;private phone;ev telefonu;telefon privat;privattelefon;telefono particular;telefono casa;telephone domicile;telephone personnel',
  fax: 'fax;fax number;faks;faks no;faxnummer;numero de fax;telecopie',
  company:
    'company;company name;account;account name;organization;organisation;organization name;employer;business;business name;firm;client company;customer;customer name;client;firma;firma adi;sirket;sirket adi;kurum;kurum adi;kurulus;isletme;musteri;musteri adi;cari;cari adi;unvan;firma unvani;ticari unvan;unternehmen;firmenname;gesellschaft;kunde;kundenname;arbeitgeber;empresa;nombre de la empresa;compania;organizacion;razon social;cliente;societe;entreprise;nom de la societe;nom de l entreprise;raison sociale;nom du client',
  companyId:
    'company id;account id;organization id;organisation id;org id;customer id;client id;firma id;firma no;firma kodu;sirket id;sirket no;cari kod;cari kodu;musteri id;musteri no;firmen id;firmennummer;kundennummer;kunden id;id empresa;id de empresa;id cliente;codigo cliente;id societe;id entreprise;code client;numero client',
  contact:
    'contact;contact name;contact person;primary contact;person;person name;main contact;kisi;ilgili kisi;yetkili;yetkili kisi;irtibat;irtibat kisisi;muhatap;ansprechpartner;kontakt;kontaktperson;contacto;persona de contacto;contacto principal;nombre del contacto;interlocuteur;personne;nom du contact;contact principal',
  contactId:
    'contact id;person id;primary contact id;kisi id;kisi no;yetkili id;kontakt id;personen id;id contacto;id de contacto;id contact;id personne',
  deal: 'deal;deal name;deal title;opportunity;opportunity name;related deal;firsat;firsat adi;anlasma;anlasma adi;ilgili firsat;geschaft;verkaufschance;opportunity titel;deal titel;oportunidad;nombre de la oportunidad;negocio;trato;affaire;opportunite;nom de l opportunite;nom de l affaire',
  dealId:
    'deal id;opportunity id;firsat id;firsat no;anlasma id;deal nr;id oportunidad;id negocio;id affaire;id opportunite',
  title: 'title;subject;topic;baslik;konu;betreff;titel;thema;asunto;titulo;sujet;objet;titre',
  jobTitle:
    'job title;position;role;job;job position;function;designation;gorev;gorevi;unvani;pozisyon;meslek;is unvani;kadro;berufsbezeichnung;funktion;position im unternehmen;stelle;cargo;puesto;funcion;poste;fonction;intitule du poste',
  department:
    'department;dept;division;departman;bolum;birim;abteilung;bereich;departamento;area;departement;service',
  website:
    'website;web site;web;url;homepage;web address;site;web sitesi;internet sitesi;internet adresi;web adresi;webseite;internetseite;internet;sitio web;pagina web;direccion web;site web;site internet;page web',
  domain: 'domain;email domain;web domain;alan adi;etki alani;domaene;domane;dominio;domaine;nom de domaine',
  linkedin:
    'linkedin;linkedin url;linkedin profile;linkedin profil;linkedin profili;perfil linkedin;profil linkedin',
  address:
    'address;full address;street address;business address;mailing address;adres;acik adres;tam adres;firma adresi;is adresi;fatura adresi;adresse;anschrift;postanschrift;direccion;direccion completa;domicilio;adresse complete;adresse postale',
  street:
    'street;address line 1;address 1;address1;street name;sokak;cadde;cadde sokak;adres 1;adres satiri 1;strasse;strasse und hausnummer;adresszeile 1;calle;calle y numero;direccion 1;rue;adresse 1;numero et rue',
  city: 'city;town;sehir;il;sehir adi;kent;stadt;ort;ciudad;localidad;poblacion;municipio;ville;commune;localite',
  district: 'district;county;ilce;semt;mahalle;bezirk;stadtteil;distrito;barrio;arrondissement;quartier',
  state:
    'state;province;state province;eyalet;bundesland;kanton;provincia;estado;comunidad autonoma;province etat;departement geographique',
  postalCode:
    'postal code;zip;zip code;postcode;post code;zipcode;posta kodu;pk;plz;postleitzahl;codigo postal;cp;code postal',
  country: 'country;country name;country code;ulke;ulke adi;land;pais;pays',
  industry:
    'industry;sector;industry type;line of business;vertical;sektor;endustri;faaliyet alani;is kolu;branche;wirtschaftszweig;industria;rubro;giro;secteur;secteur d activite;industrie',
  employees:
    'employees;employee count;number of employees;headcount;company size;staff;calisan sayisi;personel sayisi;calisan;mitarbeiter;mitarbeiterzahl;anzahl mitarbeiter;empleados;numero de empleados;effectif;nombre d employes;nombre de salaries;salaries',
  revenue:
    'annual revenue;revenue;turnover;yearly revenue;ciro;yillik ciro;gelir;yillik gelir;umsatz;jahresumsatz;ingresos;ingresos anuales;facturacion;facturacion anual;chiffre d affaires;ca annuel;revenu annuel',
  parent:
    'parent;parent company;parent account;parent organization;parent company id;parent account id;ust firma;ana firma;bagli oldugu firma;holding;muttergesellschaft;mutterunternehmen;konzern;empresa matriz;matriz;societe mere;maison mere',
  owner:
    'owner;owner name;owner email;record owner;account owner;contact owner;deal owner;assigned to;assignee;sales rep;salesperson;sales agent;account manager;responsible;rep;sahip;sahibi;kayit sahibi;sorumlu;sorumlu kisi;temsilci;musteri temsilcisi;satis temsilcisi;atanan;atanan kisi;satis sorumlusu;inhaber;besitzer;verantwortlich;verantwortlicher;zustandig;betreuer;vertriebsmitarbeiter;bearbeiter;propietario;responsable;asignado a;comercial;vendedor;ejecutivo;proprietaire;commercial;attribue a;assigne a;charge de compte;charge d affaires',
  tags: 'tags;tag;labels;label;keywords;etiket;etiketler;anahtar kelimeler;schlagworte;schlagwort;stichworte;etikett;etiquetas;etiqueta;etiquettes;etiquette;mots cles;libelles',
  created:
    'created;created at;created on;created date;date created;creation date;create date;created time;add time;added;entry date;olusturma;olusturma tarihi;olusturulma tarihi;olusturulma;kayit tarihi;eklenme tarihi;giris tarihi;yaratilma tarihi;erstellt;erstellt am;erstelldatum;erstellungsdatum;angelegt am;anlagedatum;creado;creado el;fecha de creacion;fecha creacion;fecha de alta;fecha alta;cree le;date de creation;date creation;date d ajout',
  updated:
    'updated;updated at;updated on;last updated;last modified;modified;modified at;modified on;modified date;last modified date;update time;last activity;guncelleme;guncelleme tarihi;guncellenme tarihi;son guncelleme;degistirme tarihi;son degisiklik;geandert;geandert am;aktualisiert;aktualisiert am;letzte anderung;anderungsdatum;actualizado;fecha de actualizacion;ultima modificacion;modificado;fecha modificacion;modifie le;mis a jour;date de modification;derniere modification;date de mise a jour',
  amount:
    'amount;value;deal value;deal amount;deal size;price;total;total amount;opportunity amount;expected revenue;tutar;toplam tutar;bedel;fiyat;toplam;firsat tutari;anlasma tutari;teklif tutari;deger;betrag;wert;summe;auftragswert;volumen;dealwert;importe;monto;valor;cantidad;precio;montant;valeur;prix;montant total',
  currency:
    'currency;currency code;iso currency;para birimi;doviz;doviz cinsi;doviz turu;kur birimi;wahrung;wahrungscode;moneda;divisa;devise;monnaie',
  stage:
    'stage;deal stage;sales stage;pipeline stage;opportunity stage;step;asama;asamasi;satis asamasi;firsat asamasi;evre;phase;verkaufsphase;vertriebsphase;stufe;etapa;etapa de venta;fase;etape;etape de vente;phase de vente',
  pipeline:
    'pipeline;pipeline name;sales pipeline;sales process;funnel;satis hatti;satis sureci;boru hatti;huni;vertriebsprozess;verkaufsprozess;embudo;embudo de ventas;proceso de ventas;entonnoir;processus de vente;tunnel de vente',
  status:
    'status;deal status;state of deal;outcome;durum;durumu;sonuc;stand;zustand;ergebnis;estado del negocio;situacion;resultado;statut;etat;resultat',
  probability:
    'probability;win probability;probability %;likelihood;close probability;olasilik;kazanma olasiligi;ihtimal;wahrscheinlichkeit;abschlusswahrscheinlichkeit;probabilidad;probabilite;probabilite de gain',
  closeDate:
    'close date;closing date;expected close date;expected close;estimated close date;forecast date;kapanis;kapanis tarihi;tahmini kapanis;tahmini kapanis tarihi;beklenen kapanis tarihi;abschlussdatum;abschluss;erwartetes abschlussdatum;geplanter abschluss;fecha de cierre;fecha cierre;cierre previsto;fecha prevista de cierre;date de cloture;date cloture;cloture prevue;date de cloture prevue;date de signature prevue',
  wonDate:
    'won date;won time;won on;date won;kazanilma tarihi;kazanma tarihi;gewonnen am;fecha ganado;gagne le;date de gain',
  lostDate:
    'lost date;lost time;lost on;date lost;kaybedilme tarihi;kaybetme tarihi;verloren am;fecha perdido;perdu le;date de perte',
  lostReason:
    'lost reason;loss reason;reason lost;reason for loss;kayip nedeni;kaybetme nedeni;kaybedilme nedeni;red nedeni;verlustgrund;grund fur verlust;absagegrund;motivo de perdida;razon de perdida;motif de perte;raison de la perte',
  source:
    'source;lead source;origin;channel;referral source;kaynak;musteri kaynagi;geldigi yer;quelle;leadquelle;herkunft;fuente;origen;origine;provenance;source du lead',
  description:
    'description;notes;note;comment;comments;remarks;details;memo;additional info;aciklama;notlar;not;yorum;detay;bemerkung;bemerkungen;beschreibung;notiz;notizen;kommentar;anmerkung;descripcion;notas;nota;comentario;comentarios;observaciones;commentaire;commentaires;remarque;remarques',
  type: 'type;activity type;kind;tur;turu;tip;tipi;aktivite turu;aktivite tipi;art;typ;aktivitatstyp;tipo;tipo de actividad;type d activite;genre',
  dueDate:
    'due date;due;deadline;son tarih;vade;vade tarihi;bitis tarihi;falligkeit;fallig am;faelligkeit;vencimiento;fecha de vencimiento;fecha limite;echeance;date d echeance;date limite',
  start:
    'date;activity date;start;start date;starts at;scheduled;scheduled at;date time;datetime;timestamp;tarih;tarihi;tarih saat;baslangic;baslangic tarihi;datum;termin;beginn;startdatum;fecha;inicio;fecha de inicio;date de debut;debut;date et heure',
  dueTime:
    'due time;time;start time;hour;saat;saati;baslangic saati;uhrzeit;zeit;hora;hora de inicio;heure;heure de debut',
  duration:
    'duration;length;minutes;duration minutes;call duration;sure;suresi;dakika;gorusme suresi;dauer;lange;gesprachsdauer;duracion;minutos;duree;duree de l appel',
  done: 'done;completed;is done;finished;complete;closed;tamamlandi;bitti;yapildi;tamamlanma;erledigt;abgeschlossen;fertig;hecho;completado;terminado;termine;fait;effectue',
  location:
    'location;place;venue;meeting place;konum;yer;lokasyon;toplanti yeri;treffpunkt;veranstaltungsort;ubicacion;lugar;lieu;emplacement',
  attendees:
    'attendees;participants;guests;invitees;katilimcilar;katilimci;davetliler;teilnehmer;gaste;asistentes;participantes;invitados;invites',
  priority:
    'priority;importance;urgency;oncelik;onem;onceligi;prioritat;dringlichkeit;wichtigkeit;prioridad;importancia;priorite',
  content:
    'content;body;text;message;note text;note content;html;icerik;metin;mesaj;govde;inhalt;nachricht;contenido;texto;mensaje;cuerpo;contenu;texte;corps;message texte',
  author:
    'author;written by;created by;creator;yazan;yazar;olusturan;ekleyen;autor;verfasser;ersteller;erstellt von;creado por;auteur;cree par;redacteur',
} as const;

/** Words that name the thing a table or a column is about. */
export const objectWords: Readonly<Record<'organization' | 'person' | 'deal' | 'activity' | 'note', string>> =
  {
    organization:
      'company;companies;account;accounts;organization;organizations;organisation;organisations;org;orgs;customer company;firma;firmalar;sirket;sirketler;kurum;kurumlar;cari;cariler;unternehmen;firmen;empresa;empresas;organizacion;organizaciones;societe;societes;entreprise;entreprises',
    person:
      'contact;contacts;person;persons;people;lead;leads;kisi;kisiler;yetkili;yetkililer;irtibat;kontakt;kontakte;personen;ansprechpartner;contacto;contactos;persona;personas;personne;personnes;customer;customers;client;clients;musteri;musteriler;kunde;kunden;cliente;clientes',
    deal: 'deal;deals;opportunity;opportunities;project;projects;sale;sales;firsat;firsatlar;anlasma;anlasmalar;satis;satislar;teklif;teklifler;geschaft;geschafte;verkaufschance;verkaufschancen;oportunidad;oportunidades;negocio;negocios;trato;tratos;affaire;affaires;opportunite;opportunites',
    activity:
      'activity;activities;task;tasks;call;calls;meeting;meetings;event;events;email;emails;aktivite;aktiviteler;gorev;gorevler;arama;aramalar;toplanti;toplantilar;gorusme;gorusmeler;aktivitat;aktivitaten;aufgabe;aufgaben;anruf;anrufe;termine;actividad;actividades;tarea;tareas;llamada;llamadas;reunion;reuniones;activite;activites;tache;taches;appel;appels;reunions',
    note: 'note;notes;comment;comments;not;notlar;yorum;yorumlar;notiz;notizen;nota;notas;comentario;comentarios;remarque;remarques;commentaire;commentaires',
  };

/** Words in headers of columns that stay where they are unless somebody decides otherwise (health, identity, money, belief). */
export const sensitiveWords =
  'ssn;social security;social security number;national id;national id number;identity number;id card;passport;passport no;passport number;driver license;driving licence;tax id personal;tc;tc no;tckn;tc kimlik;tc kimlik no;kimlik no;kimlik numarasi;pasaport;pasaport no;ehliyet;sozialversicherungsnummer;personalausweis;ausweisnummer;reisepass;reisepassnummer;steuer id;dni;nie;nif personal;pasaporte;numero de seguridad social;seguridad social;numero de securite sociale;securite sociale;carte d identite;passeport;nir;iban;bank account;bank account number;account number;banka hesap no;hesap no;kontonummer;bankverbindung;cuenta bancaria;numero de cuenta;compte bancaire;numero de compte;credit card;card number;credit card number;cvv;cvc;card expiry;kredi karti;kart no;kart numarasi;kreditkarte;kreditkartennummer;tarjeta;tarjeta de credito;numero de tarjeta;carte bancaire;carte de credit;numero de carte;health;health status;diagnosis;disease;medical;medical notes;medication;allergy;allergies;disability;blood;blood type;blood group;saglik;saglik durumu;hastalik;tani;teshis;ilac;alerji;engel;engellilik;kan;kan grubu;gesundheit;krankheit;diagnose;medikamente;allergien;behinderung;blutgruppe;salud;estado de salud;enfermedad;diagnostico;medicacion;alergias;discapacidad;grupo sanguineo;sante;maladie;diagnostic;medicaments;handicap;groupe sanguin;religion;religious;din;dini;religion konfession;konfession;glaube;confession;ethnicity;race;ethnic origin;etnik koken;irk;ethnie;herkunft ethnisch;etnia;origine ethnique;political;political party;siyasi gorus;politische meinung;trade union;union membership;sendika;gewerkschaft;sindicato;syndicat;sexual orientation;cinsel yonelim;password;passwd;pin code;pin;sifre;parola;passwort;kennwort;contrasena;mot de passe;salary;wage;maas;gehalt;lohn;salario;sueldo;salaire;date of birth;birth date;birthdate;birthday;dob;dogum tarihi;dogum gunu;geburtsdatum;geburtstag;fecha de nacimiento;nacimiento;date de naissance;naissance;gender;sex;cinsiyet;geschlecht;genero;sexo;sexe;biometric;fingerprint;genetic;criminal record;sabika;vorstrafen';
