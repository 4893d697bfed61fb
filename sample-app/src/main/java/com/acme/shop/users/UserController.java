package com.acme.shop.users;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Users over HTTP. */
@RestController
class UserController {

  private final UserService users;

  UserController(UserService users) {
    this.users = users;
  }

  @GetMapping("/users/{id}")
  ResponseEntity<UserProfile> profile(@PathVariable long id) {
    return ResponseEntity.of(users.profile(id));
  }

  @PutMapping("/users/{id}")
  ResponseEntity<User> change(@PathVariable long id, @RequestBody UserChange change) {
    return ResponseEntity.of(users.change(id, change));
  }
}
