/** An application in several JVMs that reads and changes items, and judges what it reads. */
@NullMarked
package com.acme.hunt;

import org.jspecify.annotations.NullMarked;
