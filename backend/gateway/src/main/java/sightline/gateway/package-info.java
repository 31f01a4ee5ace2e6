/** The live fan-out: sessions, the hub that feeds them, HTTP, the API and the page's files. */
@NullMarked
package sightline.gateway;

import org.jspecify.annotations.NullMarked;
