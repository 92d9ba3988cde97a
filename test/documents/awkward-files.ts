/**
 * What becomes of each file of ../shared/data/files: its type with the number of words (or `text`, where how many is
 * another test's matter), how many documents if not one, and the codes of failures; or the code of why it can't be taken.
 */
export const OUTCOMES = `
docx/2exe.docx                                                          NO_TEXT
docx/2pic.docx                                                          NO_TEXT
docx/embedded.docx                                                      docx, 6 words
docx/headerPic.docx                                                     NO_TEXT
docx/memo.docx                                                          docx, 29 words
docx/protected_normal_case.docx                                         ENCRYPTED_FILE
docx/testComment.docx                                                   docx, 4 words
docx/testExternalRefs.docx                                              docx, 16 words
docx/testOCR.docx                                                       docx, 9 words
docx/testOptionalHyphen.docx                                            docx, 1 words
docx/testSubdocument.docx                                               docx, 4 words
docx/testWORD.docx                                                      docx, 107 words
docx/testWORD_EMFAndAttachments.docx                                    docx, 7 words
docx/testWORD_bold_character_runs.docx                                  docx, 1 words
docx/testWORD_bold_character_runs2.docx                                 docx, 1 words
docx/testWORD_custom_props.docx                                         docx, 2 words
docx/testWORD_docSecurity.docx                                          docx, 1 words
docx/testWORD_embedded_pics.docx                                        docx, 29 words
docx/testWORD_emptyParaInTextbox.docx                                   docx, 176 words
docx/testWORD_features.docx                                             docx, 76 words
docx/testWORD_formattingFlipUnderlineOrder.docx                         docx, 1360 words
docx/testWORD_missing_text.docx                                         docx, 11 words
docx/testWORD_no_format.docx                                            docx, 10 words
docx/testWORD_numbered_list.docx                                        docx, 195 words
docx/testWORD_phonetic.docx                                             docx, 1 words
docx/testWORD_protected_passtika.docx                                   ENCRYPTED_FILE
docx/testWORD_sdtInTextBox.docx                                         docx, 13 words
docx/testWORD_signed.docx                                               docx, 1 words
docx/testWORD_tableInRunInsideParagraph.docx                            docx, 141 words
docx/testWORD_template.docx                                             docx, 135 words
docx/testWORD_various.docx                                              docx, 126 words
docx/testWPSAttachment.docx                                             NO_TEXT
docx/test_recursive_embedded.docx                                       docx, 2 words
docx/test_recursive_embedded_npe.docx                                   docx, 2 words
epub/testEPUB_multi-metadata-vals.epub                                  epub, 64383 words
html/tika/big-preamble.html                                             html, text
html/tika/boilerplate.html                                              html, text
html/tika/testBoilerplateMissingSpace.html                              html, text
html/tika/testBrokenHTMLContainingRFC822.html                           html, text
html/tika/testHTML.html                                                 html, text
html/tika/testHTMLGoodScript.html                                       html, text
html/tika/testHTML_charset_utf16le.html                                 html, text
html/tika/testHTML_embedded_data_uri_js.html                            html, text
html/tika/testHTML_embedded_img_in_js.html                              html, text
html/tika/testHTML_head.html                                            NO_TEXT
html/tika/testHTML_metadata.html                                        html, text
html/tika/testHTML_metadata_two_titles.html                             html, text
html/tika/testHTML_script_in_body.html                                  html, text
html/tika/testHTML_utf8.html                                            html, text
html/tika/tika434.html                                                  html, text
md/fastify_docs_Guides_Ecosystem.md                                     markdown, text
md/fastify_docs_Reference_Reply.md                                      markdown, text
md/fastify_docs_Reference_Server.md                                     markdown, text
md/fastify_docs_Reference_TypeScript.md                                 markdown, text
md/fastify_docs_Reference_Validation-and-Serialization.md               markdown, text
md/hono_README.md                                                       markdown, text
md/hono_docs_CONTRIBUTING.md                                            markdown, text
md/hono_docs_MIGRATION.md                                               markdown, text
md/minisearch_CODE_OF_CONDUCT.md                                        markdown, text
md/minisearch_README.md                                                 markdown, text
md/orama_README.md                                                      markdown, text
md/orama_sandboxes_plugin-docusaurus-v3-sandbox_docs_tutorial-basics_markdown-features.mdx  markdown, text
md/readability_CHANGELOG.md                                             markdown, text
md/readability_README.md                                                markdown, text
md/tika_AGENTS.md                                                       markdown, text
md/tika_CONTRIBUTING.md                                                 markdown, text
md/tika_SKILL.md                                                        markdown, text
md/tika_pull_request_template.md                                        markdown, text
md/transformers.js_README.md                                            markdown, text
md/transformers.js_packages_transformers_docs_source_tutorials_next.md  markdown, text
other/LibreOfficeWriter_odt_1.3.odt                                     odt, 5 words
other/testBinControlWord.rtf                                            NO_TEXT
other/testEML_embedded_xhtml_and_img.eml                                eml, 13 words
other/testFontAfterBufferedText.rtf                                     rtf, 2 words
other/testFooter.odt                                                    odt, 11 words
other/testGroupWiseEml.eml                                              eml × 3, 3 words
other/testLotusEml.eml                                                  eml, 2 words
other/testODFwithOOo3.odt                                               odt, 60 words
other/testODTEmbedded.odt                                               odt, 7 words
other/testODTEmbeddedImageLink.odt                                      NO_TEXT
other/testODTEncrypted.odt                                              ENCRYPTED_FILE
other/testODTNoMeta.odt                                                 odt, 2 words
other/testODTStyles2.odt                                                odt, 143 words
other/testODTStyles3.odt                                                odt, 153 words
other/testODTnotaZipFile.odt                                            text, 6 words
other/testOpenOffice2.odt                                               odt, 16 words
other/testOptionalHyphen.rtf                                            rtf, 1 words
other/testPhoneNumberExtractor.odt                                      odt, 54 words
other/testRFC822_dkim.eml                                               eml, 10 words
other/testRTF.rtf                                                       rtf, 4 words
other/testRTFBoldItalic.rtf                                             rtf, 18 words
other/testRTFHexEscapeInsideWord.rtf                                    rtf, 6 words
other/testRTFJapanese.rtf                                               rtf, 80 words
other/testRTFListLibreOffice.rtf                                        rtf, 17 words
other/testRTFListMicrosoftWord.rtf                                      rtf, 28 words
other/testRTFNewlines.rtf                                               rtf, 4 words
other/testRTFTIKA_1713.rtf                                              rtf, 20 words
other/testRTFTIKA_2883.rtf                                              rtf, 34 words
other/testRTFTableCellSeparation.rtf                                    rtf, 8 words
other/testRTFTableCellSeparation2.rtf                                   rtf, 5 words
other/testRTFUnicodeGothic.rtf                                          rtf, 1 words
other/testRTFVarious.rtf                                                rtf, 122 words
other/testRTFWindowsCodepage1250.rtf                                    rtf, 6 words
other/testRTFWithCurlyBraces.rtf                                        rtf, 5 words
other/testRTFWord2010CzechCharacters.rtf                                rtf, 68 words
other/testRTF_nestedHyperlinkPageRef.rtf                                rtf, 3 words
other/testRTF_npeFromWMFInTikaServer.rtf                                rtf, 6 words
other/testRTF_parInsideHyperlink.rtf                                    rtf, 4 words
other/testStyles.odt                                                    odt, 19 words
other/test_list_override.rtf                                            NO_TEXT
pdf/blank/labelled_pages.pdf                                            NO_TEXT
pdf/blank/scorecard_reduced.pdf                                         NO_TEXT
pdf/blank/testPDF_Version.11.x.PDFA-1b.pdf                              NO_TEXT
pdf/blank/testPDF_Version.4.x.pdf                                       NO_TEXT
pdf/damaged/PDFBOX-4352-0.pdf                                           NO_TEXT
pdf/damaged/REDHAT-1531897-0.pdf                                        DAMAGED_FILE
pdf/damaged/bug1980958.pdf                                              NO_TEXT
pdf/damaged/bug766086.pdf                                               pdf, text
pdf/damaged/issue5599.pdf                                               pdf, text
pdf/damaged/issue9105_reduced.pdf                                       pdf, text
pdf/damaged/poppler-395-0-fuzzed.pdf                                    DAMAGED_FILE
pdf/damaged/poppler-85140-0.pdf                                         NO_TEXT
pdf/damaged/poppler-90-0-fuzzed.pdf                                     pdf, text, DAMAGED_FILE
pdf/damaged/poppler-937-0-fuzzed.pdf                                    DAMAGED_FILE
pdf/damaged/test-pdf-with-print-ticket-header.pdf                       pdf, text
pdf/damaged/testPDF_bad_page_303226.pdf                                 pdf, text
pdf/damaged/testPDF_malformedXFA.pdf                                    NO_TEXT
pdf/damaged/xref_command_missing.pdf                                    pdf, text
pdf/encrypted/auth-event-ef-open.pdf                                    ENCRYPTED_FILE
pdf/encrypted/bug1782186.pdf                                            ENCRYPTED_FILE
pdf/encrypted/empty_protected.pdf                                       NO_TEXT
pdf/encrypted/issue3371.pdf                                             ENCRYPTED_FILE
pdf/encrypted/saslprep-r6.pdf                                           ENCRYPTED_FILE
pdf/encrypted/testPDF_no_extract_no_accessibility_owner_user.pdf        ENCRYPTED_FILE
pdf/encrypted/testUnicodePassword.pdf                                   ENCRYPTED_FILE
pdf/forms/annotation-tx.pdf                                             pdf, text
pdf/forms/attachment.pdf                                                pdf, text
pdf/forms/testPDF_XFA_govdocs1_258578.pdf                               pdf, text
pdf/forms/textfields.pdf                                                NO_TEXT
pdf/nonlatin/90ms_rksj_h_sample.pdf                                     pdf, text
pdf/nonlatin/ThuluthFeatures.pdf                                        pdf, text
pdf/nonlatin/arial_unicode_ab_cidfont.pdf                               pdf, text
pdf/nonlatin/arial_unicode_en_cidfont.pdf                               pdf, text
pdf/nonlatin/bug921409.pdf                                              pdf, text
pdf/nonlatin/cid_cff.pdf                                                pdf, text
pdf/nonlatin/french_diacritics.pdf                                      pdf, text
pdf/nonlatin/glyph_accent.pdf                                           pdf, text
pdf/nonlatin/issue4550.pdf                                              pdf, text
pdf/nonlatin/mmtype1.pdf                                                pdf, text
pdf/nonlatin/noembed-identity-2.pdf                                     pdf, text
pdf/nonlatin/noembed-sjis.pdf                                           pdf, text
pdf/nonlatin/vertical.pdf                                               pdf, text
pdf/nonlatin/zero_descent.pdf                                           pdf, text
pdf/scanned/bitmap-mmr.pdf                                              NO_TEXT
pdf/scanned/images_1bit_grayscale.pdf                                   NO_TEXT
pdf/scanned/personwithdog.pdf                                           NO_TEXT
pdf/text/S2.pdf                                                         pdf, text
pdf/text/basicapi.pdf                                                   pdf, text
pdf/text/chrome-text-selection-markedContent.pdf                        pdf, text
pdf/text/doc_1_3_pages.pdf                                              pdf, text
pdf/text/extract_link.pdf                                               pdf, text
pdf/text/franz.pdf                                                      pdf, text
pdf/text/franz_2.pdf                                                    pdf, text
pdf/text/freeculture.pdf                                                pdf, text
pdf/text/issue7014.pdf                                                  pdf, text
pdf/text/openoffice.pdf                                                 pdf, text
pdf/text/opt_demo.pdf                                                   pdf, text
pdf/text/sizes.pdf                                                      pdf, text
pdf/text/testComment.pdf                                                pdf, text
pdf/text/testContentStreamSpaceGlyphs.pdf                               pdf, text
pdf/text/testExtraSpaces.pdf                                            pdf, text
pdf/text/testJournalParser.pdf                                          pdf, text
pdf/text/testPDF.pdf                                                    pdf, text
pdf/text/testPDFTripleLangTitle.pdf                                     pdf, text
pdf/text/testPDFTwoTextBoxes.pdf                                        pdf, text
pdf/text/testPDFVarious.pdf                                             pdf, text
pdf/text/testPDF_angles.pdf                                             pdf, text
pdf/text/testPDF_bom.pdf                                                pdf, text
pdf/text/testPDF_bookmarks.pdf                                          pdf, text
pdf/text/testPDF_multiFormatEmbFiles.pdf                                pdf, text
pdf/text/testPDF_rotated.pdf                                            pdf, text
pdf/text/tracemonkey.pdf                                                pdf, text
txt/a_metabolome.txt                                                    table, text
txt/a_proteome.txt                                                      table, text
txt/a_transcriptome.txt                                                 table, text
txt/english.cp500.txt                                                   UNSUPPORTED_TYPE
txt/english.txt                                                         text, text
txt/file-list.txt                                                       text, text
txt/s_BII-S-1.txt                                                       table, text
txt/testColonDelimited.txt                                              text, text
txt/testRFC822_simple_inline_body.txt                                   eml, text
txt/testRobots.txt                                                      text, text
txt/testRobots2.txt                                                     text, text
txt/testStandardsExtractor.txt                                          text, text
txt/testStataDTA.txt                                                    text, text
txt/testTXT.txt                                                         text, text
txt/testTXTNonASCIIUTF8.txt                                             text, text
txt/testTXT_win-1252.txt                                                text, text
`;
