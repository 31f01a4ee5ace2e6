@NullMarked
package sightline.config;

import org.jspecify.annotations.NullMarked;
