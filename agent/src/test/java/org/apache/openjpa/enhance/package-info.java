@NullMarked
package org.apache.openjpa.enhance;

import org.jspecify.annotations.NullMarked;
