@NullMarked
package sightline.gateway;

import org.jspecify.annotations.NullMarked;
